/* Whether a place nears the view, and whether the viewer can see it; each in the document that it stands in. */

/* An element of more square pixels counts as seen by 30 % of it, as the Media Rating Council has it. */
const LARGE_PX = 242_500;
/* Fine enough that an element of many screens is looked at while it fills one. */
const PARTS = [0, 0.02, 0.04, 0.08, 0.16, 0.3, 0.5, 1];

function observe(element, options, seen) {
  const view = element.ownerDocument.defaultView ?? globalThis;
  const observer = new view.IntersectionObserver((entries) => seen(entries.at(-1)), options);
  observer.observe(element);
  return () => observer.disconnect();
}

/* Calls once when the element comes within a screen's half of the view. */
export function near(element, come) {
  const unobserve = observe(element, { rootMargin: '50%' }, ({ isIntersecting }) => {
    if (!isIntersecting) return;
    unobserve();
    come();
  });
  return unobserve;
}

/* Calls with whether at least half of the element is in view, 30 % of a very large one; or it fills half of the view, being taller. */
export function sight(element, tell) {
  let before = false;
  const view = element.ownerDocument.defaultView ?? globalThis;
  const observer = new view.IntersectionObserver((entries) => {
    const { intersectionRatio, intersectionRect, boundingClientRect, rootBounds } = entries.at(-1);
    const area = ({ width, height }) => width * height;
    const whole = area(boundingClientRect);
    const part = intersectionRatio >= (whole > LARGE_PX ? 0.3 : 0.5);
    /* A frame of another origin is not told of the view. */
    const full = rootBounds && area(intersectionRect) * 2 >= area(rootBounds);
    const seen = whole > 0 && Boolean(part || full);
    if (seen !== before) tell((before = seen));
  }, { threshold: PARTS });
  /* What has no size counts as wholly in view, so that getting one is no news to the observer: it is made to look anew. */
  const sizes = new view.ResizeObserver(() => {
    observer.unobserve(element);
    observer.observe(element);
  });
  sizes.observe(element);
  return () => {
    sizes.disconnect();
    observer.disconnect();
  };
}
