/** The responsibility matrix, two editions side by side, and what is known how well. */

/** @import { Coverage, Edition, Lineage, View } from "../types.js" */
/** @import { Model } from "../model.js" */
import { replaceQuery, viewHref } from "../address.js";
import { h } from "../dom.js";
import { basisMark, choice, counted, editionChoice, itemLink, notKnown, shortName, table, verb } from "../pieces.js";

/**
 * @param {Model} model
 * @param {Edition} edition
 * @param {URLSearchParams} query
 * @returns {View}
 */
export function matrixView(model, edition, query) {
  const matrix = model.page.matrices.find((one) => one.edition === edition.key);
  const place = h("div");
  const role = query.get("role") ?? "";
  const draw = (/** @type {string} */ only) => {
    const column = matrix?.roles.indexOf(only) ?? -1;
    const rows = (matrix?.rows ?? []).filter((row) => column < 0 || (row.words[column]?.length ?? 0) > 0);
    const cells = rows.map((row) => [
      [
        itemLink(model, row.key, row.key.slice(edition.key.length + 1)),
        " ",
        h("span", { class: "row-title" }, model.title(row.key)),
      ],
      ...row.words.map((words) => words.map(part)),
      row.others.map((one) => h("div", { class: "small" }, one)),
    ]);
    place.replaceChildren(
      h(
        "p",
        { class: "count", role: "status" },
        `${counted(rows.length, "provision")} of ${matrix?.rows.length ?? 0}.`,
      ),
      table("Responsibility matrix", ["Provision", ...(matrix?.roles ?? []), "Others named"], cells, {
        class: "matrix",
        hidden: true,
      }),
    );
  };
  draw(role);
  return {
    title: "Responsibility matrix",
    nav: "matrix",
    nodes: [
      editionChoice(model, edition.key, (key) => viewHref(["matrix", key], { role })) ?? h("span"),
      h("h1", null, "Responsibility matrix"),
      h(
        "p",
        { class: "lead" },
        "Who has which part in each provision. A verb binds the role; ",
        "where the text does not name the duty holder, the cell says how it follows. ",
        "A capacity names a party that the statement does not bind. ",
        "With several statements, # is the number of the statement.",
      ),
      select("Only provisions in which this role has a part", "role", ["", ...(matrix?.roles ?? [])], role, draw),
      place,
    ],
  };
}

/**
 * Return the part of a role in a statement.
 *
 * @param {string} words
 * @returns {HTMLElement}
 */
function part(words) {
  const modality = /^(shall|should|may|can)\b/.exec(words)?.[1];
  return modality === undefined
    ? h("div", { class: "capacity" }, words)
    : h("div", null, verb(modality), words.slice(modality.length));
}

/**
 * Return a choice that changes the query of the address.
 *
 * @param {string} label
 * @param {string} name
 * @param {string[]} values
 * @param {string} current
 * @param {(value: string) => void} changed
 * @returns {HTMLElement}
 */
export function select(label, name, values, current, changed) {
  const options = values.map((one) => h("option", { value: one, selected: one === current }, one || "all"));
  const made = /** @type {HTMLSelectElement} */ (h("select", { name, id: `choose-${name}` }, options));
  made.addEventListener("change", () => {
    replaceQuery({ [name]: made.value || null });
    changed(made.value);
  });
  return h("span", { class: "field" }, h("label", { for: `choose-${name}` }, label), made);
}

/**
 * @param {Model} model
 * @param {string | undefined} old
 * @param {string | undefined} next
 * @param {URLSearchParams} query
 * @returns {View}
 */
export function compareView(model, old, next, query) {
  const { lineages } = model.page;
  const lineage =
    lineages.find((one) => (one.old === old && one.new === next) || (one.old === next && one.new === old)) ??
    lineages[0];
  const links = lineages.flatMap((one) => [
    [one.old, one.new],
    [one.new, one.old],
  ]);
  const isForward = lineage !== undefined && lineage.new !== old;
  const from = isForward ? lineage.old : (lineage?.new ?? "");
  const to = isForward ? lineage.new : (lineage?.old ?? "");
  const place = h("div");
  const kinds = [...new Set((lineage?.rows ?? []).flatMap((row) => row[2]))];
  const draw = (/** @type {string} */ change) =>
    place.replaceChildren(...comparison(model, lineage, isForward, change));
  draw(query.get("change") ?? "changed");
  return {
    title: "Compare editions",
    nav: "compare",
    nodes: [
      h("h1", null, "Two editions side by side"),
      choice(
        "From and to",
        links.map(([one = "", other = ""]) => ({
          label: `${nameOf(model, one)} \u2192 ${nameOf(model, other)}`,
          href: viewHref(["compare", one, other]),
          current: one === from && other === to,
        })),
      ),
      lineage === undefined
        ? h("p", null, notKnown("No lineage connects the editions on this page."))
        : h(
            "p",
            { class: "lead" },
            `${counted(lineage.counts.rows, "row")} of ${from} and ${to}; `,
            `${lineage.counts.changed} changed or unknown, ${lineage.counts.review} to be reviewed by a person `,
            `when going from ${lineage.old} to ${lineage.new}. aicop compared the texts; the publishers did not.`,
          ),
      select("Show", "change", ["changed", "", ...kinds], query.get("change") ?? "changed", draw),
      place,
    ],
  };
}

/**
 * @param {Model} model
 * @param {string} key
 * @returns {string}
 */
function nameOf(model, key) {
  const edition = model.page.editions.find((one) => one.key === key);
  return edition === undefined ? key : shortName(edition);
}

/**
 * @param {Model} model
 * @param {Lineage | undefined} lineage
 * @param {boolean} forward
 * @param {string} change
 * @returns {HTMLElement[]}
 */
function comparison(model, lineage, forward, change) {
  const wanted = (/** @type {string[]} */ kinds) =>
    change === "" || (change === "changed" ? kinds.join() !== "identical" : kinds.includes(change));
  const rows = (lineage?.rows ?? []).filter((row) => wanted(row[2]));
  const cells = rows.map(([old, next, kinds, grade, ...notes]) => {
    const [one, other] = forward ? [old, next] : [next, old];
    const [note, review] = (forward ? [notes[0], notes[2]] : [notes[1], notes[3]]).map((place) => model.text(place));
    return [
      side(model, one),
      side(model, other),
      kinds.map((kind) =>
        h(
          "span",
          { class: `change change-${turnedChange(kind, forward).replaceAll(" ", "-")}` },
          turnedChange(kind, forward),
        ),
      ),
      [note, review && h("p", { class: "warning" }, `Review: ${review}`), h("p", { class: "small" }, grade)],
    ];
  });
  const [from = "", to = ""] =
    lineage === undefined ? [] : forward ? [lineage.old, lineage.new] : [lineage.new, lineage.old];
  return [
    h("p", { class: "count", role: "status" }, `${counted(rows.length, "row")} of ${lineage?.rows.length ?? 0}.`),
    table(`${from} and ${to}`, [from, to, "Changes", "What changed"], cells, { class: "compare", hidden: true }),
  ];
}

/**
 * @param {string} kind
 * @param {boolean} forward
 * @returns {string}
 */
function turnedChange(kind, forward) {
  return forward ? kind : ({ added: "removed", removed: "added" }[kind] ?? kind);
}

/**
 * @param {Model} model
 * @param {string | null} key
 * @returns {HTMLElement}
 */
function side(model, key) {
  if (key === null) {
    return h("span", { class: "nothing" }, "no counterpart");
  }
  const item = model.items.get(key);
  const words =
    item?.kind === "provision"
      ? item.provision.statements.map((one) =>
          h(
            "p",
            { class: "small" },
            `${one.who} ${one.modality} ${one.action}${one.condition === null ? "" : `, when ${one.condition}`}.`,
          ),
        )
      : item?.kind === "statement"
        ? h("p", { class: "small" }, `${item.statement.who} ${item.statement.modality} ${item.statement.action}.`)
        : null;
  return h(
    "div",
    null,
    itemLink(model, key, key.slice(key.indexOf(":") + 1)),
    " ",
    item?.kind === "statement" ? "" : model.title(key),
    words,
  );
}

/**
 * @param {Model} model
 * @returns {View}
 */
export function knownView(model) {
  const { page } = model;
  const sets = page.sets.filter((one) => one !== null);
  const rows = sets.map((one) => [
    one.title,
    basisMark(one.basis),
    one.author ?? notKnown("not stated"),
    one.date ?? notKnown("not stated"),
    String(one.rows),
    spread(one.confidence, "of 10"),
    spread(one.strength, "of 10"),
    spread(one.knowledge, ""),
    String(one.settled),
  ]);
  const coverage = page.crosswalks.flatMap((row) => [
    coverageRow(row.source, row.target, row.coverage[0], page.words.coverage),
    coverageRow(row.target, row.source, row.coverage[1], page.words.coverage),
  ]);
  return {
    title: "What is known, and how well",
    nav: "known",
    nodes: [
      h("h1", null, "What is known, and how well"),
      h(
        "p",
        { class: "lead" },
        "Every mapping has a basis: published by its publisher, stated by the Implementation Guide, ",
        "or judged by the authors of aicop (editorial). Confidence is how certain its author was. ",
        "Not reviewed is not the same as not covered, and not judged is not the same as none.",
      ),
      page.left_out.length === 0
        ? h("p", null, "This page shows all of its library.")
        : h("p", null, `This page leaves out: ${page.left_out.join("; ")}.`),
      h("h2", null, "Sets of mappings"),
      table(
        "Sets of mappings",
        [
          "Set",
          "Basis",
          "Author",
          "Date",
          "Rows",
          "Confidence",
          "Strength",
          "Knowledge of the target",
          "Settled disagreements",
        ],
        rows,
        { hidden: true, class: "sets" },
      ),
      h("h2", null, "Coverage of one framework by another"),
      h(
        "p",
        null,
        "Coverage is about frameworks; it is not compliance. The figures are those of ",
        h("code", null, "aicop coverage"),
        ".",
      ),
      table("Coverage", ["From and to", "Counted", ...page.words.coverage], coverage, {
        hidden: true,
        class: "numbers",
      }),
    ],
  };
}

/**
 * @param {string} source
 * @param {string} target
 * @param {Coverage} coverage
 * @param {string[]} classes
 */
function coverageRow(source, target, coverage, classes) {
  const cells = classes.map((name) => String(coverage.counts[name] ?? 0));
  return [
    h("a", { href: viewHref(["crosswalk", source, target]) }, `${source} \u2192 ${target}`),
    coverage.denominator,
    ...cells,
  ];
}

/**
 * @param {Record<string, number>} counts
 * @param {string} unit
 * @returns {HTMLElement}
 */
function spread(counts, unit) {
  return h(
    "ul",
    { class: "spread" },
    Object.entries(counts).map(([value, count]) =>
      h("li", null, value === "" ? notKnown("not stated") : `${value} ${unit}`, `: ${count}`),
    ),
  );
}
