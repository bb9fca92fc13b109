/** Pieces that several views are made of. */

/** @import { Annotation, Child, Edition, Source } from "./types.js" */
/** @import { Model } from "./model.js" */
import { hrefOf } from "./address.js";
import { h } from "./dom.js";

const VERBS = { shall: "requirement", should: "recommendation", may: "permission", can: "possibility" };

/**
 * Return a link to an item, or its key as text if the page does not have it.
 *
 * @param {Model} model
 * @param {string} key
 * @param {Child} [label]
 * @returns {HTMLElement}
 */
export function itemLink(model, key, label) {
  return model.items.has(key)
    ? h("a", { href: hrefOf(key) }, label ?? key)
    : h("span", { class: "absent", title: "This page does not include it." }, label ?? key);
}

/**
 * Return links to the elements of one side of a claim, each with its title.
 *
 * @param {Model} model
 * @param {string} end
 * @returns {HTMLElement}
 */
export function endLinks(model, end) {
  const keys = end.split("|");
  const links = keys.map((key) =>
    h("span", { class: "end" }, h("span", { class: "key" }, itemLink(model, key, localOf(key))), " ", model.title(key)),
  );
  return h("span", { class: "ends" }, keys.length > 1 && h("em", { class: "joint" }, "together: "), links);
}

/**
 * Return a key without its edition.
 *
 * @param {string} key
 * @returns {string}
 */
export function localOf(key) {
  const place = key.indexOf(":");
  return place < 0 ? key : key.slice(place + 1);
}

/**
 * Return a verb, with what it means.
 *
 * @param {string} modality
 * @returns {HTMLElement}
 */
export function verb(modality) {
  const meaning = VERBS[/** @type {keyof typeof VERBS} */ (modality)];
  return h("span", { class: `verb verb-${modality}`, title: `${modality}: a ${meaning}` }, modality);
}

/**
 * Return a strength with its band. "Not judged" looks different from "none".
 *
 * @param {Model} model
 * @param {number | null} strength
 * @returns {HTMLElement}
 */
export function strengthMark(model, strength) {
  if (strength === null) {
    return notKnown("not judged");
  }
  const band = model.band(strength);
  return h(
    "span",
    { class: `strength band-${band ?? "none"}`, title: `strength ${strength} of 10` },
    h("span", { class: "bar", "aria-hidden": "true" }),
    band === null ? "none (0)" : `${strength} of 10`,
  );
}

/**
 * Return words for what nobody has judged or stated.
 *
 * @param {string} words
 * @returns {HTMLElement}
 */
export function notKnown(words) {
  return h("span", { class: "unknown" }, words);
}

/**
 * Return a confidence in words.
 *
 * @param {number | null} confidence
 * @returns {HTMLElement}
 */
export function confidenceMark(confidence) {
  return confidence === null
    ? notKnown("confidence not stated")
    : h("span", { class: "confidence" }, `confidence ${confidence} of 10`);
}

/**
 * Return who says so.
 *
 * @param {string} basis
 * @returns {HTMLElement}
 */
export function basisMark(basis) {
  return h("span", { class: `basis basis-${basis.replaceAll(" ", "-")}` }, basis);
}

/**
 * Return a state of an assessment.
 *
 * @param {string | null} state
 * @returns {HTMLElement}
 */
export function stateMark(state) {
  return state === null
    ? h("span", { class: "nothing" }, "\u2013")
    : h("span", { class: `state state-${state.replaceAll(" ", "-")}` }, state);
}

/**
 * Return a table that scrolls by itself where it is wider than the page.
 *
 * @param {string} caption
 * @param {Child[]} columns
 * @param {Child[][]} rows
 * @param {{class?: string, hidden?: boolean}} [options]
 * @returns {HTMLElement}
 */
export function table(caption, columns, rows, options = {}) {
  // On a phone a row is a small list, in which each cell has the name of its column.
  const labels = columns.map((one) => (typeof one === "string" ? one : null));
  return h(
    "div",
    { class: "scroll", role: "region", "aria-label": caption, tabindex: "0" },
    h(
      "table",
      { class: ["stack", options.class].filter(Boolean).join(" ") },
      h("caption", { class: options.hidden ? "away" : null }, caption),
      h(
        "thead",
        null,
        h(
          "tr",
          null,
          columns.map((one) => h("th", { scope: "col" }, one)),
        ),
      ),
      h(
        "tbody",
        null,
        rows.map(([first, ...rest]) =>
          h(
            "tr",
            null,
            h("th", { scope: "row" }, first),
            rest.map((cell, place) => h("td", { "data-label": labels[place + 1] }, cell)),
          ),
        ),
      ),
    ),
  );
}

/**
 * Return a section with a heading; nothing if there is nothing in it.
 *
 * @param {string} title
 * @param {...Child} content
 * @returns {HTMLElement}
 */
export function section(title, ...content) {
  return h("section", null, h("h2", null, title), content);
}

/**
 * Return the way to an item, as links.
 *
 * @param {[string, string | null][]} steps Names with their addresses.
 * @returns {HTMLElement}
 */
export function trail(steps) {
  return h(
    "nav",
    { class: "trail", "aria-label": "Where you are" },
    h(
      "ol",
      null,
      steps.map(([name, href]) => h("li", null, href === null ? name : h("a", { href }, name))),
    ),
  );
}

/**
 * Return a choice of editions, each a link to the same view of it.
 *
 * @param {Model} model
 * @param {string} current
 * @param {(key: string) => string} href
 * @returns {HTMLElement | null}
 */
export function editionChoice(model, current, href) {
  const { editions } = model.page;
  return editions.length < 2
    ? null
    : choice(
        "Edition",
        editions.map((one) => ({
          label: shortName(one),
          href: href(one.key),
          current: one.key === current,
          title: one.title,
        })),
      );
}

/**
 * Return a row of links of which one is the current one.
 *
 * @param {string} label
 * @param {{label: string, href: string, current: boolean, title?: string}[]} links
 * @returns {HTMLElement}
 */
export function choice(label, links) {
  return h(
    "nav",
    { class: "choice", "aria-label": label },
    h("span", { class: "label" }, label),
    links.map((one) =>
      h("a", { href: one.href, title: one.title ?? null, "aria-current": one.current ? "true" : null }, one.label),
    ),
  );
}

/**
 * Return a short name of an edition.
 *
 * @param {Edition} edition
 * @returns {string}
 */
export function shortName(edition) {
  const [document = "", version = ""] = edition.key.split("@");
  const names = { "uk-ai-cop": "UK Code", "etsi-ts-104-223": "TS 104 223", "etsi-en-304-223": "EN 304 223" };
  return `${names[/** @type {keyof typeof names} */ (document)] ?? document} ${version}`;
}

/**
 * Return facts as a list of names and values; those without a value are left out.
 *
 * @param {[string, Child][]} pairs
 * @returns {HTMLElement}
 */
export function facts(pairs) {
  return h(
    "dl",
    { class: "facts" },
    pairs.flatMap(([name, value]) => (value ? [h("div", null, h("dt", null, name), h("dd", null, value))] : [])),
  );
}

/**
 * Return the notes of the authors of aicop on a text.
 *
 * @param {Annotation[]} annotations
 * @returns {HTMLElement[]}
 */
export function annotationNotes(annotations) {
  return annotations.map((one) =>
    h(
      "aside",
      { class: "annotation" },
      h("strong", null, one.erratum ? "Suspected mistake in the text. " : "More than one reading. "),
      `${one.observation} aicop reads it so: ${one.reading} ${one.reason}`,
    ),
  );
}

/**
 * Return where a text comes from and how it was obtained.
 *
 * @param {Source} source
 * @returns {HTMLElement}
 */
export function sourceLine(source) {
  return h(
    "p",
    { class: "source" },
    h("strong", null, "In aicop\u2019s own words, not the official text. "),
    `Source: ${source.document}, ${source.locator}; ${source.grade}.`,
    source.note ? ` ${source.note}` : "",
  );
}

/**
 * Return a link to a publication; text that is no web address stays text.
 *
 * @param {string} address
 * @param {string} [label]
 * @returns {HTMLElement}
 */
export function webLink(address, label) {
  return /^https?:\/\//.test(address)
    ? h("a", { href: address, rel: "noreferrer", class: "web" }, label ?? address)
    : h("span", null, address);
}

/**
 * Return a count with its noun.
 *
 * @param {number} count
 * @param {string} one
 * @param {string} [several]
 * @returns {string}
 */
export function counted(count, one, several) {
  return `${count.toLocaleString("en-GB")} ${count === 1 ? one : (several ?? `${one}s`)}`;
}
