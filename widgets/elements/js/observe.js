/* Whether a place nears the view, and whether the viewer can see it; each in the document that it stands in. */

/* An element of this many square pixels counts as seen by a third, as the Media Rating Council has it. */
const LARGE_PX = 242_500;

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

/* Calls with whether at least half of the element is in view, a third of a very large one. */
export function sight(element, tell) {
  let before = false;
  const view = element.ownerDocument.defaultView ?? globalThis;
  const observer = new view.IntersectionObserver((entries) => {
    const { intersectionRatio, boundingClientRect: { width, height } } = entries.at(-1);
    const seen = width * height > 0 && intersectionRatio >= (width * height > LARGE_PX ? 0.3 : 0.5);
    if (seen !== before) tell((before = seen));
  }, { threshold: [0, 0.3, 0.5, 1] });
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
