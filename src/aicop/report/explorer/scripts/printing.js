/** What changes for paper: long lists are whole, and the parts of a view that matter there are open. */

/** Connect printing. Lists that grow, and parts that are filled when they open, listen to the events sent here. */
export function connectPrinting() {
  /** @type {HTMLDetailsElement[]} */
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...opened, ...unfold(document)];
  });
  addEventListener("afterprint", () => {
    for (const one of opened) {
      one.open = false;
    }
    opened = [];
  });
}

/**
 * Show all of the long lists, open the parts that belong on paper, and return those that were folded.
 *
 * @param {ParentNode} place
 * @returns {HTMLDetailsElement[]}
 */
function unfold(place) {
  for (const one of place.querySelectorAll(".more")) {
    one.dispatchEvent(new Event("beforeprint"));
  }
  return [...place.querySelectorAll("details.printed")].flatMap((one) => {
    if (!(one instanceof HTMLDetailsElement) || one.open) {
      return [];
    }
    // The browser itself sends this event too late: after it has printed.
    one.dispatchEvent(new Event("toggle"));
    one.open = true;
    return [one, ...unfold(one)];
  });
}
