/** Claims: what a mapping or several of them say about two elements. */

/** @import { Claim, Mapping, Step } from "./types.js" */
/** @import { Model } from "./model.js" */
import { copyButtons } from "./copying.js";
import { h } from "./dom.js";
import { basisMark, confidenceMark, endLinks, itemLink, notKnown, strengthMark } from "./pieces.js";

/**
 * Return a claim with its reasons, seen from its source.
 *
 * @param {Model} model
 * @param {Claim} claim
 * @param {{source?: boolean, open?: boolean}} [options] Whether the source is named, and the reasons are unfolded.
 * @returns {HTMLElement}
 */
export function claimCard(model, claim, options = {}) {
  const nothing = claim.target === null;
  const head = h(
    "div",
    { class: "claim-head" },
    options.source && claim.source !== null && [endLinks(model, claim.source), " "],
    h("span", { class: `says says-${word(claim.says)}` }, claim.says),
    " ",
    claim.target === null ? null : endLinks(model, claim.target),
  );
  return h(
    "article",
    { class: `claim${nothing ? " claim-nothing" : ""}` },
    head,
    h("div", { class: "claim-facts" }, claimFacts(model, claim)),
    claim.warnings.map((warning) => h("p", { class: "warning" }, warning)),
    claim.suspect &&
      h(
        "p",
        { class: "warning" },
        "One of the texts has changed since this was judged; review it before relying on it.",
      ),
    h(
      "details",
      { open: options.open ?? false },
      h("summary", null, derived(claim) ? "Why: the path of this derived claim" : "Why"),
      claimReasons(model, claim),
      copyButtons(`${claim.source ?? ""} \u2013 ${claim.target ?? ""}`, null, claimRow(model, claim)),
    ),
  );
}

/**
 * @param {Model} model
 * @param {Claim} claim
 * @returns {(Node | string | null)[]}
 */
function claimFacts(model, claim) {
  const bases = model.bases(claim);
  if (claim.target === null || claim.source === null) {
    return [...bases.map(basisMark), confidenceMark(claim.confidence)];
  }
  return [
    h("span", { class: "fact" }, "covered here: ", strengthMark(model, claim.strength)),
    h("span", { class: "fact" }, "in reverse: ", strengthMark(model, claim.reverseStrength)),
    ...bases.map(basisMark),
    derived(claim) ? basisMark("derived") : null,
    confidenceMark(claim.confidence),
  ];
}

/**
 * Return the reading, the remainders and the paths of a claim.
 *
 * @param {Model} model
 * @param {Claim} claim
 * @returns {HTMLElement}
 */
export function claimReasons(model, claim) {
  const plain = model.page.readings[claim.says];
  const paths = claim.paths.map((path, place) => {
    const steps = model.steps(path);
    const list = steps.map((step) => h("li", null, stepText(model, step)));
    const heading = claim.paths.length > 1 ? h("p", { class: "path-name" }, `Path ${place + 1}`) : null;
    return [heading, h("ol", { class: "path" }, list)];
  });
  const hidden = claim.pathCount - claim.paths.length;
  return h(
    "div",
    { class: "reasons" },
    plain && h("p", null, `In plain words: ${plain}.`),
    claim.remainder && h("p", null, h("strong", null, "Not covered here: "), claim.remainder),
    claim.reverseRemainder && h("p", null, h("strong", null, "Not covered in reverse: "), claim.reverseRemainder),
    derived(claim) &&
      h("p", null, "Derived by the rules of the algebra; its confidence is that of its weakest mapping."),
    paths,
    hidden > 0 && h("p", null, `${hidden} further paths are not shown.`),
  );
}

/**
 * @param {Model} model
 * @param {Step} step
 * @returns {(Node | string | null)[]}
 */
function stepText(model, step) {
  if ("part" in step) {
    return [itemLink(model, step.part), " is a part of ", itemLink(model, step.whole), "."];
  }
  const row = step.mapping;
  return [
    h(
      "p",
      { class: "step" },
      row.source === null ? "" : itemLink(model, row.source),
      ` ${row.predicate} `,
      row.target === null ? "" : itemLink(model, row.target),
    ),
    row.rationale === null ? h("p", null, notKnown("no rationale is stated")) : h("p", null, row.rationale),
    row.settlement === null ? null : h("p", null, h("strong", null, "Two judgements differed. "), row.settlement),
    h("p", { class: "small" }, madeBy(row)),
  ];
}

/**
 * @param {Mapping} row
 * @returns {string}
 */
function madeBy(row) {
  const known = { text: "text read", content: "content known, text not at hand", title: "only the title known" };
  return [
    row.basis,
    row.author ?? "author not stated",
    row.date ?? "date not stated",
    row.confidence === null ? "confidence not stated" : `confidence ${row.confidence} of 10`,
    row.knowledge === null
      ? null
      : `knowledge of the target: ${known[/** @type {keyof typeof known} */ (row.knowledge)]}`,
  ]
    .filter(Boolean)
    .join("; ");
}

/**
 * Return whether a claim follows from several mappings, rather than being one.
 *
 * @param {Claim} claim
 * @returns {boolean}
 */
export function derived(claim) {
  return claim.pathCount > 1 || claim.paths.some((path) => path.length > 1);
}

/**
 * Return a claim as a row of texts.
 *
 * @param {Model} model
 * @param {Claim} claim
 * @returns {Record<string, string>}
 */
export function claimRow(model, claim) {
  const rationales = claim.paths.flatMap((path) =>
    model
      .steps(path)
      .map((step) => ("part" in step ? `${step.part} is a part of ${step.whole}.` : (step.mapping.rationale ?? ""))),
  );
  return {
    source: claim.source ?? "",
    source_title: claim.source === null ? "" : model.title(claim.source),
    relationship: claim.says,
    target: claim.target ?? "",
    target_title: claim.target === null ? "" : model.title(claim.target),
    strength: String(claim.strength ?? ""),
    remainder: claim.remainder ?? "",
    reverse_strength: String(claim.reverseStrength ?? ""),
    reverse_remainder: claim.reverseRemainder ?? "",
    confidence: String(claim.confidence ?? ""),
    basis: model.bases(claim).join("; "),
    rationale: [...new Set(rationales.filter(Boolean))].join(" "),
  };
}

/**
 * Return the word of a relationship that a style sheet can name.
 *
 * @param {string} says
 * @returns {string}
 */
export function word(says) {
  return /^[a-z]+(-[a-z]+)*$/.test(says) ? says : "other";
}
