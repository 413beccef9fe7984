// Elements, built from text only: no data ever becomes markup.

/** An element with properties (class, data-…, aria-…) and children; strings become text nodes. */
export function element(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value !== undefined && value !== null) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

/** Says a text unless it is said already, so that screen readers hear changes alone. */
export function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
