/** Parts of the view of a provision: its dependencies, artefacts and guidance. */

/** @import { Artefact, Edition, Guide, Provision } from "../types.js" */
/** @import { Model } from "../model.js" */
import { viewHref } from "../address.js";
import { h } from "../dom.js";
import { dependenciesOf } from "../graph/data.js";
import { basisMark, confidenceMark, counted, itemLink, localOf, notKnown, section } from "../pieces.js";

/**
 * @param {Model} model
 * @param {Edition} edition
 * @param {Provision} provision
 * @returns {HTMLElement | null}
 */
export function dependencies(model, edition, provision) {
  const edges = dependenciesOf(model, edition).filter((one) => one.from === provision.key || one.to === provision.key);
  if (edges.length === 0) {
    return null;
  }
  const list = (/** @type {string} */ title, /** @type {"from" | "to"} */ end) => {
    const found = edges.filter((one) => one[end === "from" ? "to" : "from"] === provision.key);
    return h(
      "div",
      null,
      h("h3", null, `${title} (${found.length})`),
      found.length === 0
        ? h("p", null, "None.")
        : h(
            "ul",
            { class: "edges" },
            found.map((one) =>
              h(
                "li",
                null,
                h("span", { class: `edge edge-${one.kind}` }, one.kind),
                " ",
                itemLink(model, one[end], `${localOf(one[end])} ${model.title(one[end])}`),
                h(
                  "p",
                  { class: "small" },
                  one.rationale,
                  " ",
                  basisMark(one.basis),
                  " ",
                  one.confidence === null
                    ? h("span", { class: "confidence" }, "computed")
                    : confidenceMark(one.confidence),
                  one.suspect && notKnown(" the text probably points to the wrong place"),
                ),
              ),
            ),
          ),
    );
  };
  return section(
    "Dependencies",
    h("div", { id: "near" }),
    h("div", { class: "halves" }, list("Needs", "from"), list("Feeds", "to")),
    h(
      "p",
      { class: "small" },
      h("a", { href: viewHref(["graph", edition.key], { focus: provision.key }) }, "Show it in the whole graph"),
    ),
  );
}

/**
 * @param {Model} model
 * @param {Edition} edition
 * @param {Provision} provision
 * @returns {HTMLElement | null}
 */
export function artefacts(model, edition, provision) {
  const flow = model.page.graphs
    .find((one) => one.edition === edition.key)
    ?.flows.find((one) => one.provision === provision.key);
  if (flow === undefined) {
    return null;
  }
  const made = /** @type {[string, string[]][]} */ ([
    ["Produces", flow.produces],
    ["Maintains", flow.maintains],
    ["Uses", flow.uses],
  ]);
  return section(
    "Artefacts",
    made
      .filter(([, keys]) => keys.length > 0)
      .map(([title, keys]) =>
        h(
          "div",
          null,
          h("h3", null, title),
          h(
            "ul",
            null,
            keys.map((key) => artefact(model.page.artefacts[key], key)),
          ),
        ),
      ),
    flow.passes.length > 0 &&
      h(
        "div",
        null,
        h("h3", null, "Passes on"),
        h(
          "ul",
          null,
          flow.passes.map((one) =>
            h(
              "li",
              null,
              `${model.page.artefacts[one.artefact]?.title ?? one.artefact}: ${one.giver} to ${one.receiver}`,
            ),
          ),
        ),
      ),
  );
}

/**
 * @param {Artefact | undefined} one
 * @param {string} key
 * @returns {HTMLElement}
 */
function artefact(one, key) {
  return h(
    "li",
    null,
    h("strong", null, one?.title ?? key),
    one && ` (${one.kind}${one.external ? ", from outside" : ""}). ${one.definition}`,
    one && one.evidence.length > 0 && h("p", { class: "small" }, `Usual evidence: ${one.evidence.join("; ")}.`),
  );
}

/**
 * @param {Model} model
 * @param {Provision} provision
 * @returns {HTMLElement | null}
 */
export function guidance(model, provision) {
  const entry = provision.guidance === null ? undefined : model.page.guides[provision.guidance];
  if (entry === undefined) {
    return null;
  }
  return section(
    "Guidance",
    h("p", null, entry.threat_summary),
    entry.threats.length > 0 &&
      h(
        "ul",
        { class: "tags" },
        entry.threats.map((key) =>
          h("li", { title: model.page.threats[key]?.definition }, model.page.threats[key]?.title ?? key),
        ),
      ),
    entry.measures.length > 0 && h("h3", null, "Example measures"),
    entry.measures.map((one) =>
      h(
        "details",
        null,
        h("summary", null, one.heading, " ", h("span", { class: "small" }, one.kind)),
        h("p", null, one.summary),
        one.scenarios.length > 0 && h("p", { class: "small" }, `Worked example for: ${one.scenarios.join(", ")}.`),
        one.not_applicable.map((other) =>
          h(
            "p",
            { class: "small" },
            `Not applicable to ${other.scenario}${other.reason === null ? "." : `: ${other.reason}`}`,
          ),
        ),
      ),
    ),
    references(entry),
    h(
      "p",
      { class: "source" },
      `Implementation Guide, entry ${entry.number}, pages ${entry.pages.join(", ")}; restated.`,
    ),
  );
}

/**
 * @param {Guide} entry
 * @returns {HTMLElement | null}
 */
function references(entry) {
  return entry.references.length === 0
    ? null
    : h(
        "details",
        null,
        h("summary", null, `${counted(entry.references.length, "document")} that the Guide names`),
        h(
          "ul",
          { class: "columns" },
          entry.references.map((one) =>
            h("li", null, [one.title, one.publisher, one.locator].filter(Boolean).join(", ")),
          ),
        ),
      );
}
