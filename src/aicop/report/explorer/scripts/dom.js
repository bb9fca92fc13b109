/** Build elements from text. Nothing in a page is made from markup, so that whatever a text holds stays text. */

/** @import { Child } from "./types.js" */

const SVG = "http://www.w3.org/2000/svg";

/**
 * Return a new element with attributes and children. A function as the value of `onclick` and the like becomes a
 * listener; `true` sets an attribute without a value; `false` and null leave one out.
 *
 * @param {string} name
 * @param {Record<string, unknown> | null} [attributes]
 * @param {...Child} children
 * @returns {HTMLElement}
 */
export function h(name, attributes, ...children) {
  const made = document.createElement(name);
  fill(made, attributes, children);
  return made;
}

/**
 * Return a new element of SVG.
 *
 * @param {string} name
 * @param {Record<string, unknown> | null} [attributes]
 * @param {...Child} children
 * @returns {SVGElement}
 */
export function svg(name, attributes, ...children) {
  const made = document.createElementNS(SVG, name);
  fill(made, attributes, children);
  return /** @type {SVGElement} */ (made);
}

/**
 * @param {Element} made
 * @param {Record<string, unknown> | null | undefined} attributes
 * @param {Child[]} children
 */
function fill(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (typeof value === "function") {
      made.addEventListener(name.slice("on".length), /** @type {EventListener} */ (value));
    } else if (value === true) {
      made.setAttribute(name, "");
    } else if (value !== false && value !== null && value !== undefined) {
      made.setAttribute(name, String(value));
    }
  }
  append(made, children);
}

/**
 * Append children: elements as they are, everything else as text. Lists are flattened; false and null are left out.
 *
 * @param {Element} parent
 * @param {Child} child
 */
export function append(parent, child) {
  if (Array.isArray(child)) {
    for (const one of child) {
      append(parent, one);
    }
  } else if (child instanceof Node) {
    parent.append(child);
  } else if (child !== null && child !== undefined && child !== false) {
    parent.append(String(child));
  }
}

/**
 * Return an element of the page that must be there.
 *
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (found === null) {
    throw new Error(`the page has no element ${id}`);
  }
  return found;
}
