/* The few elements that plain forms are made of. Whatever somebody wrote is set as text, in its own direction of writing. */

/* Makes elements in this document: a name, properties, and what is inside. */
export const maker = (document) => (name, properties = {}, ...inside) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...inside);
  return element;
};

/* Says a line, if that is another than is said; one that says nothing takes no space. */
export function tell(element, text = '') {
  if (element.textContent !== text) element.textContent = text;
  element.hidden = text === '';
}

/* A line that is read out when it changes. It is there also when it says nothing, or nobody would listen to it. */
export function status(make) {
  const element = make('p');
  element.setAttribute('role', 'status');
  return {
    element,
    tell(text = '') {
      if (element.textContent !== text) element.textContent = text;
    },
  };
}

/* A list of lines that is drawn again only when a line changed. */
export function lines(make, name) {
  const element = make(name, { hidden: true });
  let told = '';
  return {
    element,
    tell(texts) {
      const next = texts.join('\n');
      if (next !== told) element.replaceChildren(...texts.map((text) => make('li', { textContent: text })));
      told = next;
      element.hidden = texts.length === 0;
    },
  };
}

/* A button that says so where it cannot be pressed, and keeps the focus. */
export function button(make, type = 'button') {
  const element = make('button', { type });
  return {
    element,
    tell(text, isReady) {
      tell(element, text);
      element.setAttribute('aria-disabled', String(!isReady));
    },
  };
}

/* A way to another page, which learns nothing of this one; nothing for what is no address of one. */
export function link(make, address, text) {
  const isAddress = /^(https:\/\/|\/(?!\/))[!-[\]-~]*$/.test(address);
  return isAddress && make('a', { href: address, target: '_blank', rel: 'noopener noreferrer', textContent: text });
}

/* Items by their names, each made once, so that nothing is taken from under a finger; `make(item)` gives `{element, update}`. */
export function rows(list, make) {
  const known = new Map();
  return (items, nameOf) => {
    const names = new Set(items.map(nameOf));
    for (const [name, { element }] of known) {
      if (names.has(name)) continue;
      element.remove();
      known.delete(name);
    }
    for (const item of items) {
      const name = nameOf(item);
      if (!known.has(name)) {
        known.set(name, make(item));
        list.append(known.get(name).element);
      }
      known.get(name).update(item);
    }
    list.hidden = items.length === 0;
  };
}
