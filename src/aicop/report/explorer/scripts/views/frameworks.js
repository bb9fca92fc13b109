/** Frameworks and their elements, and the results of a search. */

/** @import { Element, Framework, Item, View } from "../types.js" */
/** @import { Model } from "../model.js" */
import { hrefOf, viewHref } from "../address.js";
import { citation, copyButtons } from "../copying.js";
import { h } from "../dom.js";
import { growing } from "../growing.js";
import { counted, facts, itemLink, localOf, notKnown, section, table, trail, webLink } from "../pieces.js";
import { mappingsOf } from "./mappings.js";

const STEP = 400;

/**
 * @param {Model} model
 * @returns {View}
 */
export function frameworksView(model) {
  const rows = model.page.frameworks.map((one) => [
    itemLink(model, one.key, one.title),
    one.publisher ?? notKnown("not stated"),
    one.published ?? notKnown("not stated"),
    one.checked === null ? one.status : `${one.status}, checked ${one.checked}`,
    String(one.elements.length),
    String(model.crosswalks.from(one.key).length),
  ]);
  return {
    title: "Frameworks",
    nav: "frameworks",
    nodes: [
      h("h1", null, "Frameworks"),
      h(
        "p",
        { class: "lead" },
        `${counted(rows.length, "framework")}, as ids, hierarchy and short titles. `,
        "Titles are often aicop\u2019s own; each framework says so.",
      ),
      table("Frameworks", ["Title", "Publisher", "Published", "Status", "Elements", "Crosswalks"], rows, {
        hidden: true,
      }),
    ],
  };
}

/**
 * @param {Model} model
 * @param {Framework} framework
 * @returns {View}
 */
export function frameworkView(model, framework) {
  const targets = model.crosswalks.from(framework.key);
  return {
    title: framework.title,
    nav: "frameworks",
    nodes: [
      trail([["Frameworks", viewHref(["frameworks"])]]),
      h("h1", null, framework.title),
      facts([
        ["Key", h("code", null, framework.key)],
        ["Publisher", framework.publisher],
        ["Published", framework.published],
        ["Status", framework.checked === null ? framework.status : `${framework.status}, checked ${framework.checked}`],
        ["Licence", framework.licence],
        ["Web address", framework.address === null ? null : webLink(framework.address)],
        ["Titles", framework.titles],
        ["Complete", framework.complete ? "all elements are listed" : "not all elements are listed"],
        ["Ids", framework.ids_official ? "the publisher\u2019s" : "not the publisher\u2019s own"],
        ["Note", framework.note],
        [
          "Source",
          framework.source === null
            ? null
            : `${framework.source.document}, ${framework.source.locator}; ${framework.source.grade}`,
        ],
      ]),
      targets.length === 0
        ? h("p", null, notKnown("No crosswalk on this page leads from it."))
        : section(
            "Crosswalks",
            h(
              "ul",
              { class: "columns" },
              targets.map((one) =>
                h(
                  "li",
                  null,
                  h("a", { href: viewHref(["crosswalk", framework.key, one]) }, model.title(one) || one),
                  " ",
                  h("code", null, one),
                ),
              ),
            ),
          ),
      section(`${counted(framework.elements.length, "element")}`, tree(model, framework.key)),
    ],
  };
}

/**
 * Return the elements below an element or framework; those further down unfold.
 *
 * @param {Model} model
 * @param {string} key
 * @returns {HTMLElement}
 */
function tree(model, key) {
  const list = h("ul", { class: "tree" });
  const below = model.children(key);
  const grown = growing(list, below, STEP, (one) => branch(model, one));
  return h("div", null, list, grown);
}

/**
 * @param {Model} model
 * @param {Element} element
 * @returns {HTMLElement}
 */
function branch(model, element) {
  const line = [
    itemLink(model, element.key, h("span", { class: "number" }, element.local)),
    " ",
    element.title === element.local ? null : (element.title ?? notKnown("no title")),
    " ",
    element.withdrawn && h("span", { class: "flag" }, "withdrawn"),
  ];
  const count = model.children(element.key).length;
  if (count === 0) {
    return h("li", null, line);
  }
  const more = h("details", { class: "printed" }, h("summary", null, `${count} below ${element.local}`));
  more.addEventListener("toggle", () => {
    if (more.childElementCount === 1) {
      more.append(tree(model, element.key));
    }
  });
  return h("li", null, line, more);
}

/**
 * @param {Model} model
 * @param {Item & {kind: "element"}} item
 * @returns {View}
 */
export function elementView(model, item) {
  const { element, framework } = item;
  /** @type {[string, string | null][]} */
  const steps = [];
  for (let above = element.parent; above !== null;) {
    const found = model.items.get(above);
    steps.unshift([found?.title || localOf(above), hrefOf(above)]);
    above = found?.kind === "element" ? found.element.parent : null;
  }
  const below = model.children(element.key);
  return {
    title: `${element.local} ${element.title ?? ""}`,
    nav: "frameworks",
    nodes: [
      trail([["Frameworks", viewHref(["frameworks"])], [framework.title, hrefOf(framework.key)], ...steps]),
      h("p", { class: "kind" }, `${element.kind} ${element.local}`),
      h("h1", null, element.title ?? element.local),
      copyButtons(element.key, citation(item), {
        key: element.key,
        title: element.title ?? "",
        kind: element.kind,
        nature: element.nature,
        words: element.words ?? "",
      }),
      facts([
        ["Nature", element.nature],
        ["Withdrawn", element.withdrawn && "by its publisher"],
        ["Later text", element.amended],
      ]),
      element.words === null
        ? h("p", { class: "small" }, notKnown("Its text is not on this page."))
        : h("p", null, element.words),
      below.length === 0 ? h("span") : section("Below it", tree(model, element.key)),
      mappingsOf(model, element.key, []),
      framework.status === "own"
        ? h("p", { class: "source" }, "From a framework of the owner of this library, as it is in their files.")
        : h(
            "p",
            { class: "source" },
            h("strong", null, "Ids and short titles, not the official text. "),
            framework.titles,
          ),
    ],
  };
}

/**
 * @param {Model} model
 * @param {string} text
 * @param {{key: string, title: string, kind: string}[]} hits
 * @returns {View}
 */
export function searchView(model, text, hits) {
  const group = (/** @type {{key: string}} */ hit) =>
    hit.key.slice(0, hit.key.includes(":") ? hit.key.indexOf(":") : undefined);
  const list = hits.map((hit) =>
    h(
      "li",
      null,
      h(
        "a",
        { href: hrefOf(hit.key) },
        h("span", { class: "key" }, hit.key),
        " ",
        h("span", { class: "name" }, hit.title),
      ),
      h("span", { class: "small" }, ` ${hit.kind} in ${model.title(group(hit)) || group(hit)}`),
    ),
  );
  return {
    title: `Search: ${text}`,
    nav: "",
    nodes: [
      h("h1", null, "Search"),
      h(
        "p",
        { class: "lead", role: "status" },
        text === ""
          ? "Type words, a number or a key into the field above; press / to reach it."
          : `${counted(hits.length, "result")} for \u201c${text}\u201d, the best first.`,
      ),
      h("ol", { class: "results" }, list),
      text !== "" && hits.length === 0
        ? h("p", null, "Nothing on this page has these words. Try fewer words, or a shorter form.")
        : h("span"),
    ],
  };
}
