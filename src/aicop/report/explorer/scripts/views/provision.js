/** A provision: its statements, guidance, artefacts, dependencies, mappings and counterparts. */

/** @import { Child, Counterparty, Edition, Item, Provision, Statement, View } from "../types.js" */
/** @import { Model } from "../model.js" */
import { hrefOf, viewHref } from "../address.js";
import { citation, copyButtons } from "../copying.js";
import { h } from "../dom.js";
import { graphOf } from "../graph/data.js";
import { neighbourhood } from "../graph/graph.js";
import {
  annotationNotes,
  facts,
  itemLink,
  localOf,
  section,
  shortName,
  sourceLine,
  stateMark,
  trail,
  verb,
} from "../pieces.js";
import { mappingsOf } from "./mappings.js";
import { artefacts, dependencies, guidance } from "./provision_parts.js";

/**
 * @param {Model} model
 * @param {Edition} edition
 * @param {Provision} provision
 * @param {string | undefined} statement The key of the statement that was asked for.
 * @returns {View}
 */
export function provisionView(model, edition, provision, statement) {
  const principle = model.items.get(provision.principle);
  const item = /** @type {Item} */ (model.items.get(provision.key));
  const steps = /** @type {[string, string][]} */ ([
    [shortName(edition), hrefOf(edition.key)],
    [`${localOf(provision.principle)} ${principle?.title ?? ""}`, hrefOf(provision.principle)],
  ]);
  if (provision.parent !== null) {
    steps.push([`${localOf(provision.parent)} ${model.title(provision.parent)}`, hrefOf(provision.parent)]);
  }
  const parts = edition.provisions.filter((one) => one.parent === provision.key);
  const nodes = [
    trail(steps),
    h("p", { class: "kind" }, `Provision ${provision.number}`),
    h("h1", null, provision.title),
    copyButtons(provision.key, citation(item), provisionRow(model, provision)),
    h(
      "div",
      { class: "statements" },
      provision.statements.map((one) => statementCard(model, edition, one, one.key === statement)),
    ),
    annotationNotes(provision.annotations),
    pointers(model, provision),
    parts.length > 0 &&
      section(
        "Parts",
        h(
          "ul",
          null,
          parts.map((one) => h("li", null, itemLink(model, one.key, `${one.number} ${one.title}`))),
        ),
      ),
    dependencies(model, edition, provision),
    artefacts(model, edition, provision),
    guidance(model, provision),
    mappingsOf(
      model,
      provision.key,
      provision.statements.map((one) => one.key),
    ),
    counterparts(model, provision),
    sourceLine(provision.source),
    neighbours(edition, provision),
  ];
  return {
    title: `${provision.number} ${provision.title}`,
    nav: "code",
    nodes: nodes.flat().filter((one) => one instanceof Node),
    anchor: statement,
    // The width of its place decides how it is drawn.
    shown: () => {
      const [place, graph] = [document.getElementById("near"), graphOf(model, edition)];
      if (place !== null && graph !== undefined) {
        neighbourhood(place, graph, provision.key, { href: hrefOf });
      }
    },
  };
}

/**
 * @param {Model} model
 * @param {Edition} edition
 * @param {Statement} said
 * @param {boolean} chosen
 * @returns {HTMLElement}
 */
function statementCard(model, edition, said, chosen) {
  const roles = said.duty_holders.map((role, place) => [
    place
      ? place === said.duty_holders.length - 1
        ? ` ${/ (and|or|and\/or) /.exec(said.who)?.[1] ?? "and"} `
        : ", "
      : "",
    itemLink(model, `${edition.key}:${role}`, role),
  ]);
  const notes = {
    "carried over": "named in the sentence before, not in this one",
    implied: "not named in the text; implied",
  };
  return h(
    "article",
    { class: `statement${chosen ? " chosen" : ""}`, id: said.key },
    h(
      "p",
      { class: "sentence" },
      h("span", { class: "who" }, roles),
      " ",
      verb(said.modality),
      ` ${said.action}`,
      said.condition !== null && [", ", h("span", { class: "when" }, `when ${said.condition}`)],
      ".",
    ),
    facts([
      ["Who", notes[/** @type {keyof typeof notes} */ (said.attribution)]],
      [
        "Also names",
        said.counterparties.length > 0 &&
          said.counterparties.map((one, place) => [place ? "; " : "", party(model, edition, one)]),
      ],
    ]),
    said.remarks.map((one) => h("p", { class: "remark" }, h("em", null, `${one.kind}: `), one.text)),
    states(model, said.key),
    h("p", { class: "small" }, h("code", null, said.key)),
  );
}

/**
 * @param {Model} model
 * @param {Edition} edition
 * @param {Counterparty} one
 * @returns {Child}
 */
function party(model, edition, one) {
  const name = one.role === null ? one.party : itemLink(model, `${edition.key}:${one.role}`, one.party);
  return h("span", null, name, ` (${one.capacity}${one.attribution === "stated" ? "" : `, ${one.attribution}`})`);
}

/**
 * @param {Model} model
 * @param {string} key
 * @returns {HTMLElement[]}
 */
function states(model, key) {
  return model.page.assessments.flatMap((one) =>
    one.states
      .filter((state) => state.key === key)
      .map((state) =>
        h(
          "p",
          { class: "status" },
          h("a", { href: viewHref(["status", one.system]) }, one.title ?? one.system),
          ` on ${one.on}: `,
          stateMark(state.state),
          state.reasons.map((reason) => ` ${reason}`),
        ),
      ),
  );
}

/**
 * @param {Model} model
 * @param {Provision} provision
 * @returns {HTMLElement | null}
 */
function pointers(model, provision) {
  return provision.pointers.length === 0
    ? null
    : section(
        "Points to",
        h(
          "ul",
          null,
          provision.pointers.map((one) =>
            h(
              "li",
              null,
              itemLink(model, one.principle, `Clause ${one.clause}: ${model.title(one.principle)}`),
              `. ${one.purpose}`,
              annotationNotes(one.annotations),
            ),
          ),
        ),
      );
}

/**
 * @param {Model} model
 * @param {Provision} provision
 * @returns {HTMLElement | null}
 */
function counterparts(model, provision) {
  const keys = new Set([provision.key, ...provision.statements.map((one) => one.key)]);
  const own = provision.key.slice(0, provision.key.indexOf(":"));
  const rows = model.page.lineages.flatMap((lineage) => {
    const forward = lineage.old === own;
    if (!forward && lineage.new !== own) {
      return [];
    }
    const other = forward ? lineage.new : lineage.old;
    return lineage.rows
      .filter((row) => keys.has((forward ? row[0] : row[1]) ?? ""))
      .map((row) => {
        const key = forward ? row[1] : row[0];
        const note = model.text(forward ? row[4] : row[5]);
        const review = model.text(forward ? row[6] : row[7]);
        return h(
          "li",
          null,
          key === null ? `${other}: no counterpart` : itemLink(model, key),
          ": ",
          row[2].map((change) => h("span", { class: `change change-${change.replaceAll(" ", "-")}` }, change)),
          note && ` ${note}`,
          review && h("span", { class: "warning" }, ` Review: ${review}`),
        );
      });
  });
  return rows.length === 0 ? null : section("In other editions", h("ul", null, rows));
}

/**
 * @param {Edition} edition
 * @param {Provision} provision
 * @returns {HTMLElement}
 */
function neighbours(edition, provision) {
  const place = edition.provisions.indexOf(provision);
  const link = (/** @type {Provision | undefined} */ one, /** @type {string} */ rel, /** @type {string} */ sign) =>
    one === undefined ? h("span", null) : h("a", { href: hrefOf(one.key), rel }, `${sign} ${one.number} ${one.title}`);
  return h(
    "nav",
    { class: "neighbours", "aria-label": "Provisions before and after" },
    link(edition.provisions[place - 1], "prev", "\u2190"),
    link(edition.provisions[place + 1], "next", "\u2192"),
  );
}

/**
 * @param {Model} model
 * @param {Provision} provision
 * @returns {Record<string, string>}
 */
export function provisionRow(model, provision) {
  return {
    key: provision.key,
    title: provision.title,
    principle: provision.principle,
    principle_title: model.title(provision.principle),
    statements: provision.statements
      .map(
        (one) => `${one.who} ${one.modality} ${one.action}${one.condition === null ? "" : `, when ${one.condition}`}.`,
      )
      .join(" "),
  };
}
