/** Long lists: the first items, and a button that shows more. */

import { append, h } from "./dom.js";
import { counted } from "./pieces.js";

/** @import { Child } from "./types.js" */

/** On paper a list is whole up to this length; more would take a browser minutes. */
const PRINTED = 2000;

/**
 * Fill a list with the first items, and return what follows it: a button that shows more of them, and a note that only
 * a printed page has.
 *
 * @template T
 * @param {HTMLElement} list
 * @param {T[]} items
 * @param {number} step
 * @param {(item: T) => Child} make
 * @returns {HTMLElement[]}
 */
export function growing(list, items, step, make) {
  const more = h("button", { type: "button", class: "more no-print" });
  const rest = h("p", { class: "small only-print" });
  let shown = 0;
  const add = (/** @type {number} */ count) => {
    append(list, items.slice(shown, shown + count).map(make));
    shown = Math.min(shown + count, items.length);
    const left = items.length - shown;
    more.hidden = left === 0;
    rest.hidden = left === 0;
    more.textContent = `Show ${Math.min(step, left)} more of ${left}`;
    rest.textContent = `${counted(left, "further row is", "further rows are")} not printed.`;
  };
  more.addEventListener("click", () => {
    const first = shown;
    add(step);
    // The button may be gone; the keyboard goes on at the first new item.
    const next = list.children[first]?.querySelector("a, summary");
    /** @type {HTMLElement | null | undefined} */ (next)?.focus();
  });
  more.addEventListener("beforeprint", () => add(Math.max(0, PRINTED - shown)));
  add(step);
  return [more, rest];
}
