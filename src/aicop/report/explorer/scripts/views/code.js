/** The Code by phase and principle; a phase; a principle. */

/** @import { Edition, Phase, Place, Principle, Provision, View } from "../types.js" */
/** @import { Model } from "../model.js" */
import { hrefOf, viewHref } from "../address.js";
import { citation, copyButtons } from "../copying.js";
import { h } from "../dom.js";
import {
  annotationNotes,
  counted,
  editionChoice,
  facts,
  itemLink,
  section,
  shortName,
  sourceLine,
  trail,
  verb,
  webLink,
} from "../pieces.js";

/**
 * @param {Model} model
 * @param {Edition} edition
 * @returns {View}
 */
export function editionView(model, edition) {
  const statements = edition.provisions.flatMap((one) => one.statements);
  return {
    title: edition.title,
    nav: "code",
    nodes: [
      editionChoice(model, edition.key, hrefOf) ?? "",
      h("h1", null, edition.title),
      h(
        "p",
        { class: "lead" },
        `${edition.publisher}, ${edition.published ?? "date not known"}. `,
        `${counted(edition.principles.length, "principle")}, ${counted(edition.provisions.length, "provision")}, `,
        `${counted(statements.length, "statement")}, restated in aicop\u2019s own words: `,
        "this is not the official text.",
      ),
      h(
        "div",
        { class: "legend" },
        "How strongly: ",
        verb("shall"),
        " requires ",
        verb("should"),
        " recommends ",
        verb("may"),
        " permits ",
        verb("can"),
        " says what is possible",
      ),
      edition.phases.map((phase) => phaseSection(model, edition, phase)),
      aboutEdition(edition),
    ]
      .flat()
      .map(asNode),
  };
}

/**
 * @param {Node | string} one
 * @returns {Node}
 */
function asNode(one) {
  return typeof one === "string" ? document.createTextNode(one) : one;
}

/**
 * @param {Model} model
 * @param {Edition} edition
 * @param {Phase} phase
 * @returns {HTMLElement}
 */
function phaseSection(model, edition, phase) {
  const principles = edition.principles.filter((one) => one.phase === phase.key);
  return h(
    "section",
    { class: "phase" },
    h("h2", null, itemLink(model, phase.key, phase.title)),
    h(
      "div",
      { class: "principles" },
      principles.map((principle) => principleCard(edition, principle, "h3")),
    ),
  );
}

/**
 * @param {Edition} edition
 * @param {Principle} principle
 * @param {string} heading
 * @returns {HTMLElement}
 */
function principleCard(edition, principle, heading) {
  return h(
    "div",
    { class: "principle" },
    h(
      heading,
      { class: "principle-title" },
      h("a", { href: hrefOf(principle.key) }, h("span", { class: "number" }, principle.number), " ", principle.title),
    ),
    provisionList(provisionsOf(edition, principle)),
  );
}

/**
 * @param {Edition} edition
 * @param {Principle} principle
 * @returns {Provision[]}
 */
function provisionsOf(edition, principle) {
  return edition.provisions.filter((one) => one.principle === principle.key);
}

/**
 * @param {Provision[]} provisions
 * @returns {HTMLElement}
 */
function provisionList(provisions) {
  return h(
    "ol",
    { class: "provisions" },
    provisions.map((one) =>
      h(
        "li",
        { class: one.parent === null ? null : "sub" },
        h("a", { href: hrefOf(one.key) }, h("span", { class: "number" }, one.number), " ", one.title),
        " ",
        h("span", { class: "verbs" }, [...new Set(one.statements.map((said) => said.modality))].map(verb)),
      ),
    ),
  );
}

/**
 * @param {Edition} edition
 * @returns {HTMLElement}
 */
function aboutEdition(edition) {
  return section(
    "About this edition",
    facts([
      ["Key", h("code", null, edition.key)],
      ["Status", edition.checked ? `${edition.status}, checked ${edition.checked}` : edition.status],
      ["Legal status", edition.force],
      ["Licence", edition.licence],
      ["Official text", edition.address === null ? null : webLink(edition.address)],
    ]),
    annotationNotes(edition.annotations),
    edition.scope.length > 0 &&
      h(
        "details",
        null,
        h("summary", null, "Scope"),
        h(
          "ul",
          null,
          edition.scope.map((one) => h("li", null, one.statement)),
        ),
      ),
    edition.stakeholders.length > 0 &&
      h(
        "details",
        null,
        h("summary", null, "Roles"),
        h(
          "dl",
          null,
          edition.stakeholders.flatMap((one) => [
            h("dt", null, h("a", { href: hrefOf(`${edition.key}:${one.role}`) }, one.role)),
            h("dd", null, one.definition),
          ]),
        ),
      ),
    edition.terms.length > 0 &&
      h(
        "details",
        null,
        h("summary", null, "Terms"),
        h(
          "dl",
          null,
          edition.terms.flatMap((one) => [
            h("dt", null, one.name),
            h("dd", null, one.definition ?? "Defined there; the definition is not in hand."),
          ]),
        ),
      ),
    sourceLine(edition.source),
  );
}

/**
 * @param {Edition} edition
 * @param {Phase} phase
 * @returns {View}
 */
export function phaseView(edition, phase) {
  const principles = edition.principles.filter((one) => one.phase === phase.key);
  return {
    title: phase.title,
    nav: "code",
    nodes: [
      trail([[shortName(edition), hrefOf(edition.key)]]),
      h("h1", null, phase.title),
      h("p", { class: "lead" }, `A phase of the lifecycle, with ${counted(principles.length, "principle")}.`),
      h(
        "div",
        { class: "principles" },
        principles.map((one) => principleCard(edition, one, "h2")),
      ),
    ],
  };
}

/**
 * @param {Model} model
 * @param {Edition} edition
 * @param {Principle} principle
 * @param {Node | null} mappings What other frameworks have for it.
 * @returns {View}
 */
export function principleView(model, edition, principle, mappings) {
  const item = model.items.get(principle.key);
  const phase = model.items.get(principle.phase);
  const number = principle.number.replace(/^P/, "");
  return {
    title: `${principle.number} ${principle.title}`,
    nav: "code",
    nodes: [
      trail([
        [shortName(edition), hrefOf(edition.key)],
        [phase?.title ?? "", hrefOf(principle.phase)],
      ]),
      h("p", { class: "kind" }, `Principle ${number}`),
      h("h1", null, principle.title),
      item === undefined
        ? null
        : copyButtons(principle.key, citation(item), { key: principle.key, title: principle.title }),
      facts([
        [
          "Primarily applies to",
          principle.applies_to === null
            ? "the text has no such line"
            : principle.applies_to.map((role, place) => [
                place ? ", " : "",
                itemLink(model, `${edition.key}:${role}`, role),
              ]),
        ],
        ["Clause", principle.clause],
      ]),
      principle.preamble === null ? null : h("p", null, principle.preamble),
      annotationNotes(principle.annotations),
      section("Provisions", provisionList(provisionsOf(edition, principle))),
      mappings,
      principle.citations.length === 0
        ? null
        : section(
            "Documents that the principle cites",
            h(
              "ul",
              { class: "columns" },
              principle.citations.map((one) => h("li", null, `${one.printed}: ${one.document}`)),
            ),
          ),
      sourceLine(principle.source),
    ]
      .flat()
      .filter((node) => node !== null),
  };
}

/**
 * Return the choice of a view of all editions, for addresses without an edition.
 *
 * @param {Model} model
 * @param {Place} place
 * @returns {Edition | undefined}
 */
export function editionOf(model, place) {
  return model.edition(place.parts[1]);
}

/**
 * Return the address of a view of an edition.
 *
 * @param {string} name
 * @returns {(key: string) => string}
 */
export function sameView(name) {
  return (key) => viewHref([name, key]);
}
