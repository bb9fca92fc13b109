/** What other frameworks have for a provision, a principle or an element. */

/** @import { Model } from "../model.js" */
import { viewHref } from "../address.js";
import { claimCard } from "../claims.js";
import { append, h } from "../dom.js";
import { counted, notKnown, section } from "../pieces.js";

/**
 * Return what other frameworks have for an item, by framework, in both directions.
 *
 * @param {Model} model
 * @param {string} key
 * @param {string[]} parts Its statements.
 * @returns {HTMLElement}
 */
export function mappingsOf(model, key, parts) {
  const own = key.slice(0, key.indexOf(":"));
  const found = model.crosswalks.from(own).flatMap((target) => {
    const walk = model.crosswalks.between(own, target);
    const claims = walk === undefined ? [] : model.crosswalks.about(walk, [key, ...parts]);
    if (walk === undefined || claims.length === 0) {
      return [];
    }
    const block = h(
      "details",
      { class: "framework printed" },
      h(
        "summary",
        null,
        h("span", { class: "name" }, model.title(target)),
        " ",
        h("code", null, target),
        " ",
        h("span", { class: "small" }, summary(claims.length, claims.filter((one) => one.target === null).length)),
      ),
    );
    // Most of a page's text is here, and few readers unfold all of it.
    block.addEventListener("toggle", () => {
      if (block.childElementCount === 1) {
        append(
          block,
          claims.map((one) => claimCard(model, one, { source: one.source !== key })),
        );
        append(
          block,
          h("p", { class: "small" }, h("a", { href: viewHref(["crosswalk", own, target]) }, "The whole crosswalk")),
        );
      }
    });
    return [block];
  });
  const none = h(
    "p",
    null,
    notKnown("No framework on this page is mapped to it."),
    " That is not the same as having no counterpart.",
  );
  return section("In other frameworks", found.length === 0 ? none : found);
}

/**
 * @param {number} claims
 * @param {number} nothing
 * @returns {string}
 */
function summary(claims, nothing) {
  const judged = claims - nothing;
  return [judged > 0 && counted(judged, "claim"), nothing > 0 && "judged, nothing found"].filter(Boolean).join("; ");
}
