/** Crosswalks: the list of them, and one as a table or a matrix. */

/** @import { Claim, Crosswalk, View } from "../types.js" */
/** @import { Model } from "../model.js" */
import { placeOf, viewHref } from "../address.js";
import { claimReasons, claimRow, derived, word } from "../claims.js";
import { save } from "../copying.js";
import { csvText } from "../csv.js";
import { h } from "../dom.js";
import { growing } from "../growing.js";
import { basisMark, choice, confidenceMark, counted, endLinks, notKnown, strengthMark, table } from "../pieces.js";
import { matrix } from "./crosswalk_matrix.js";
import { select } from "./lists.js";

const STEP = 150;
const COLUMNS = ["From", "Relationship", "To", "Strength", "In reverse", "Basis", "Why"];

/**
 * @param {Model} model
 * @returns {View}
 */
export function crosswalksView(model) {
  const cell = (/** @type {string} */ source, /** @type {string} */ target) =>
    h("a", { href: viewHref(["crosswalk", source, target]) }, "open");
  const rows = model.page.crosswalks.map((walk) => [
    [model.title(walk.source) || walk.source, " ", h("code", null, walk.source)],
    [model.title(walk.target) || walk.target, " ", h("code", null, walk.target)],
    ways(walk.ways),
    String(walk.claims.length),
    cell(walk.source, walk.target),
    cell(walk.target, walk.source),
  ]);
  return {
    title: "Crosswalks",
    nav: "crosswalks",
    nodes: [
      h("h1", null, "Crosswalks"),
      h(
        "p",
        { class: "lead" },
        `${counted(rows.length, "pair")} of frameworks between which something is known. `,
        "A crosswalk reads in both directions; strength is judged in each on its own.",
      ),
      table("Crosswalks", ["From", "To", "How", "Claims", "There", "Back"], rows, { hidden: true }),
    ],
  };
}

/**
 * @param {string[][]} found
 * @returns {HTMLElement}
 */
function ways(found) {
  const words = found.map((way) => (way.length === 0 ? "direct" : `through ${way.join(", ")}`));
  return found.some((way) => way.length > 0)
    ? h("span", null, basisMark("derived"), ` ${words.join("; ")}`)
    : h("span", null, words.join("; "));
}

/** @typedef {{says: string, band: string, basis: string, find: string}} Filters */

/**
 * @param {Model} model
 * @param {Crosswalk} walk
 * @param {URLSearchParams} query
 * @returns {View}
 */
export function crosswalkView(model, walk, query) {
  const place = h("div");
  const asked = (/** @type {string} */ name) => query.get(name) ?? "";
  /** @type {Filters} */
  const filters = { says: asked("says"), band: asked("strength"), basis: asked("basis"), find: asked("find") };
  const isMatrix = asked("as") === "matrix";
  const bases = [...new Set(walk.claims.flatMap((one) => basesOf(model, one)))];
  const bands = [...model.page.words.bands, "none", "not judged"];
  const draw = () => {
    const found = walk.claims.filter((one) => keeps(model, one, filters));
    const count = h(
      "p",
      { class: "count", role: "status" },
      `${counted(found.length, "claim")} of ${walk.claims.length.toLocaleString("en-GB")}.`,
    );
    place.replaceChildren(count, isMatrix ? matrix(model, walk, found) : list(model, found));
    place.append(
      h(
        "p",
        { class: "actions no-print" },
        h("button", { type: "button", onclick: () => saveRows(model, walk, found) }, "Save these rows as CSV"),
      ),
    );
  };
  const change = (/** @type {keyof Filters} */ name) => (/** @type {string} */ value) => {
    filters[name] = value;
    draw();
  };
  draw();
  const here = (/** @type {string | null} */ as) =>
    viewHref(["crosswalk", walk.source, walk.target], { ...Object.fromEntries(placeOf(location.hash).query), as });
  const [source, target] = [model.title(walk.source) || walk.source, model.title(walk.target) || walk.target];
  return {
    title: `${source} to ${target}`,
    nav: "crosswalks",
    nodes: [
      h("p", { class: "kind" }, "Crosswalk"),
      h("h1", null, `${source} \u2192 ${target}`),
      h(
        "p",
        { class: "small" },
        h("code", null, walk.source),
        " to ",
        h("code", null, walk.target),
        ", ",
        ways(walk.ways),
        ". ",
        h("a", { href: viewHref(["crosswalk", walk.target, walk.source]) }, "Read it the other way round"),
      ),
      coverageLine(model, walk),
      choice("As", [
        { label: "table", href: here(null), current: !isMatrix },
        { label: "matrix", href: here("matrix"), current: isMatrix },
      ]),
      h(
        "div",
        { class: "filters" },
        select(
          "Relationship",
          "says",
          ["", ...new Set(walk.claims.map((one) => one.says))],
          filters.says,
          change("says"),
        ),
        select("Strength", "strength", ["", ...bands], filters.band, change("band")),
        select("Basis", "basis", ["", ...bases], filters.basis, change("basis")),
      ),
      place,
      walk.omissions.length === 0
        ? h("span")
        : h(
            "details",
            { class: "printed" },
            h("summary", null, `Left out: ${counted(walk.omissions.length, "reason")}`),
            h(
              "ul",
              null,
              walk.omissions.map((one) => h("li", null, one)),
            ),
          ),
    ],
  };
}

/**
 * @param {Model} model
 * @param {Crosswalk} walk
 * @returns {HTMLElement}
 */
function coverageLine(model, walk) {
  const { contradictory, counts, denominator } = walk.coverage;
  const total = Object.values(counts).reduce((sum, one) => sum + one, 0);
  const known = model.page.words.coverage.filter((name) => (counts[name] ?? 0) > 0);
  return h(
    "figure",
    { class: "coverage" },
    h(
      "div",
      { class: "coverage-bar", "aria-hidden": "true" },
      known.map((name) => svgless(name, counts[name] ?? 0, total)),
    ),
    h(
      "figcaption",
      null,
      `Of ${denominator}: `,
      known.map((name, place) => [
        place ? ", " : "",
        h("span", { class: `cover-${name.replace(/\W+/g, "-")}` }, `${counts[name]} ${name}`),
      ]),
      ". ",
      contradictory > 0 && `Mappings contradict each other about ${contradictory} of them. `,
      "Coverage is about frameworks; it is not compliance.",
    ),
  );
}

/**
 * @param {string} name
 * @param {number} count
 * @param {number} total
 * @returns {HTMLElement}
 */
function svgless(name, count, total) {
  const part = h("span", { class: `cover-${name.replace(/\W+/g, "-")}` });
  // A style attribute would break the policy of the page; a property of the element does not.
  part.style.flexGrow = String(count / total);
  return part;
}

/**
 * @param {Model} model
 * @param {Claim} claim
 * @returns {string[]}
 */
function basesOf(model, claim) {
  return derived(claim) ? [...model.bases(claim), "derived"] : model.bases(claim);
}

/**
 * @param {Model} model
 * @param {Claim} claim
 * @returns {string}
 */
function bandName(model, claim) {
  return claim.strength === null ? "not judged" : (model.band(claim.strength) ?? "none");
}

/**
 * @param {Model} model
 * @param {Claim} claim
 * @param {Filters} filters
 * @returns {boolean}
 */
function keeps(model, claim, filters) {
  return (
    (filters.says === "" || claim.says === filters.says) &&
    (filters.band === "" ||
      (claim.source !== null && claim.target !== null && bandName(model, claim) === filters.band)) &&
    (filters.basis === "" || basesOf(model, claim).includes(filters.basis))
  );
}

/**
 * @param {Model} model
 * @param {Claim[]} claims
 * @returns {HTMLElement}
 */
function list(model, claims) {
  const body = h("tbody");
  
  return h(
    "div",
    null,
    h(
      "div",
      { class: "scroll", role: "region", "aria-label": "Claims", tabindex: "0" },
      h(
        "table",
        { class: "claims stack" },
        h("caption", { class: "away" }, "Claims"),
        h(
          "thead",
          null,
          h(
            "tr",
            null,
            COLUMNS.map((one) => h("th", { scope: "col" }, one)),
          ),
        ),
        body,
      ),
    ),
    growing(body, claims, STEP, (one) => row(model, one)),
  );
}

/**
 * @param {Model} model
 * @param {Claim} claim
 * @returns {HTMLElement}
 */
function row(model, claim) {
  const isPair = claim.source !== null && claim.target !== null;
  const why = h("details", null, h("summary", null, derived(claim) ? "path" : "why"));
  why.addEventListener("toggle", () => {
    if (why.childElementCount === 1) {
      why.append(claimReasons(model, claim));
    }
  });
  const from = claim.source === null ? notKnown("none found") : endLinks(model, claim.source);
  const cells = [
    [
      h("span", { class: `says says-${word(claim.says)}` }, claim.says),
      claim.warnings.length > 0 && h("span", { class: "flag", title: claim.warnings.join(" ") }, "text changed later"),
    ],
    claim.target === null ? h("span", { class: "nothing" }, "judged, nothing found") : endLinks(model, claim.target),
    isPair && strengthMark(model, claim.strength),
    isPair && strengthMark(model, claim.reverseStrength),
    [basesOf(model, claim).map(basisMark), " ", confidenceMark(claim.confidence)],
  ];
  return h(
    "tr",
    null,
    h("th", { scope: "row" }, from),
    cells.map((cell, place) => h("td", { "data-label": COLUMNS[place + 1] }, cell)),
    h("td", { class: "why" }, why),
  );
}

/**
 * @param {Model} model
 * @param {Crosswalk} walk
 * @param {Claim[]} claims
 */
function saveRows(model, walk, claims) {
  const rows = claims.map((one) => claimRow(model, one));
  const names = Object.keys(rows[0] ?? {});
  save(`${walk.source}--${walk.target}.csv`, csvText([names, ...rows.map((one) => Object.values(one))]), "text/csv");
}
