/** A crosswalk as a matrix: a row for each source, a column for each target. */

/** @import { Claim, Crosswalk } from "../types.js" */
/** @import { Model } from "../model.js" */
import { h } from "../dom.js";
import { endLinks, itemLink, localOf } from "../pieces.js";

const TALLEST = 300;
const WIDEST = 120;
const SYMBOLS = {
  "equal-to": "=",
  "subset-of": "\u2282",
  "superset-of": "\u2283",
  "intersects-with": "\u2229",
  "no-relationship": "\u2205",
};

/**
 * @param {Model} model
 * @param {Crosswalk} walk
 * @param {Claim[]} claims
 * @returns {HTMLElement}
 */
export function matrix(model, walk, claims) {
  const pairs = claims.filter((one) => one.source !== null && one.target !== null);
  const sources = [...new Set(pairs.map((one) => one.source ?? ""))];
  const every = inOrder(model, [...new Set(pairs.map((one) => one.target ?? ""))]);
  const targets = every.slice(0, WIDEST);
  /** @type {Map<string, Claim[]>} */
  const cells = new Map();
  for (const one of pairs) {
    const name = `${one.source} ${one.target}`;
    cells.set(name, [...(cells.get(name) ?? []), one]);
  }
  const head = h(
    "tr",
    null,
    h("th", { scope: "col" }, "From"),
    targets.map((key) =>
      h(
        "th",
        { scope: "col", class: "turned", title: model.title(key) },
        h("span", null, key.includes("|") ? localOf(key) : itemLink(model, key, localOf(key))),
      ),
    ),
  );
  const lines = sources.slice(0, TALLEST).map((source) =>
    h(
      "tr",
      null,
      h("th", { scope: "row" }, endLinks(model, source)),
      targets.map((target) =>
        h(
          "td",
          null,
          (cells.get(`${source} ${target}`) ?? []).map((one) => matrixCell(model, one)),
        ),
      ),
    ),
  );
  const notes = [
    every.length > WIDEST && `The first ${WIDEST} of ${every.length} columns; filter, or read the table.`,
    sources.length > TALLEST && `The first ${TALLEST} of ${sources.length} rows.`,
  ].filter(Boolean);
  return h(
    "div",
    null,
    h(
      "p",
      { class: "legend" },
      "= equal, \u2282 the target asks all of it and more, \u2283 it asks all of the target and more, ",
      "\u2229 something in common, \u2205 nothing in common, \u2192 another link. ",
      "The darker, the stronger; dashed: not judged.",
    ),
    notes.map((one) => h("p", { class: "small" }, one)),
    h(
      "div",
      { class: "scroll tall", role: "region", "aria-label": "Matrix", tabindex: "0" },
      h(
        "table",
        { class: "cross" },
        h("caption", { class: "away" }, `${walk.source} by ${walk.target}`),
        h("thead", null, head),
        h("tbody", null, lines),
      ),
    ),
  );
}

/**
 * @param {Model} model
 * @param {Claim} claim
 * @returns {HTMLElement}
 */
function matrixCell(model, claim) {
  const symbol = SYMBOLS[/** @type {keyof typeof SYMBOLS} */ (claim.says)] ?? "\u2192";
  const band = claim.strength === null ? "unknown" : (model.band(claim.strength) ?? "none");
  const strength = claim.strength === null ? "strength not judged" : `strength ${claim.strength} of 10`;
  const said = `${claim.source} ${claim.says} ${claim.target}: ${strength}`;
  return h("span", { class: `cell band-${band}`, title: said, role: "img", "aria-label": said }, symbol);
}

/**
 * @param {Model} model
 * @param {string[]} keys
 * @returns {string[]}
 */
function inOrder(model, keys) {
  return [...keys].sort((one, other) => model.order(one) - model.order(other));
}
