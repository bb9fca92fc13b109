/** The status of a system: figures that Python computed. */

/** @import { Assessment, StatementState, Unit, View } from "../types.js" */
/** @import { Model } from "../model.js" */
import { hrefOf, viewHref } from "../address.js";
import { h } from "../dom.js";
import { choice, counted, itemLink, notKnown, section, stateMark, table, verb, webLink } from "../pieces.js";

/**
 * @param {Model} model
 * @param {Assessment} about
 * @returns {View}
 */
export function statusView(model, about) {
  const { states } = model.page.words;
  const units = (/** @type {Unit[]} */ found, /** @type {string} */ what) =>
    table(
      `Status by ${what}`,
      [what, "shall", "should", "In scope", ...states],
      found.map((unit) => [
        unitName(model, about, unit),
        stateMark(unit.shall),
        stateMark(unit.should),
        `${unit.in_scope} of ${unit.statements}`,
        ...states.map((state) => number(unit.counts[state] ?? 0)),
      ]),
      { hidden: true, class: "numbers status-numbers" },
    );
  const stale = about.states.filter((one) => one.state === "stale");
  const open = about.states.filter((one) => one.open);
  const judged = open.filter((one) => one.state !== "not assessed");
  const whole = about.status["edition"]?.[0];
  return {
    title: `Status of ${about.title ?? about.system}`,
    nav: "status",
    nodes: [
      choice(
        "System",
        model.page.assessments.map((one) => ({
          label: one.title ?? one.system,
          href: viewHref(["status", one.system]),
          current: one === about,
        })),
      ),
      h("h1", null, about.title ?? about.system),
      h(
        "p",
        { class: "lead" },
        `Status on ${about.on} against `,
        itemLink(model, about.edition),
        `, in the roles ${about.roles.join(", ")}. `,
        "It is about this system at this date. It is not compliance, and there is no score.",
      ),
      whole === undefined
        ? h("span")
        : h(
            "p",
            { class: "totals" },
            `${whole.in_scope} of ${counted(whole.statements, "statement")} in scope. States: `,
            states
              .filter((state) => (whole.counts[state] ?? 0) > 0)
              .map((state) => [h("span", { class: "total" }, stateMark(state), String(whole.counts[state])), " "]),
          ),
      h(
        "p",
        null,
        "Checklists: ",
        about.roles.map((role, place) => [
          place ? ", " : "",
          h("a", { href: `${hrefOf(`${about.edition}:${role}`)}?system=${encodeURIComponent(about.system)}` }, role),
        ]),
      ),
      section("By principle", units(about.status["principle"] ?? [], "Principle")),
      section("By role", units(about.status["role"] ?? [], "Role")),
      section(
        `Stale evidence (${stale.length})`,
        stale.length === 0
          ? h("p", null, "No pass is stale on this day.")
          : h(
              "ul",
              null,
              stale.map((one) =>
                h("li", null, itemLink(model, one.key), ` ${model.title(one.key)}. ${one.reasons.join(" ")}`),
              ),
            ),
      ),
      section(
        `Gaps (${open.length})`,
        h("p", { class: "small" }, "Statements in scope that fail, are stale, inconclusive or not assessed."),
        gaps(model, about, "Gaps", judged),
        h(
          "details",
          { class: "printed" },
          h("summary", null, `Not assessed (${open.length - judged.length})`),
          gaps(
            model,
            about,
            "Gaps that are not assessed",
            open.filter((one) => !judged.includes(one)),
          ),
        ),
      ),
      section(
        `Next steps (${about.steps.length})`,
        h("p", { class: "small" }, "In the order of work, which follows the dependencies."),
        steps(model, about),
      ),
      evidence(about),
    ],
  };
}

/**
 * @param {Model} model
 * @param {Assessment} about
 * @param {string} caption
 * @param {StatementState[]} states
 * @returns {HTMLElement | null}
 */
function gaps(model, about, caption, states) {
  const rows = states.map((one) => [
    itemLink(model, one.key, one.key.slice(about.edition.length + 1)),
    stateMark(one.state),
    [model.title(one.key), h("p", { class: "small" }, one.reasons.join(" "))],
    one.flags.map((flag) => h("span", { class: "flag" }, flag)),
  ]);
  return rows.length === 0
    ? null
    : table(caption, ["Statement", "State", "What it asks", "Flags"], rows, { hidden: true });
}

/**
 * @param {number} count
 * @returns {HTMLElement}
 */
function number(count) {
  return h("span", { class: count === 0 ? "nothing" : null }, String(count));
}

/**
 * @param {Model} model
 * @param {Assessment} about
 * @param {Unit} unit
 * @returns {HTMLElement}
 */
function unitName(model, about, unit) {
  const key = model.items.has(unit.key) ? unit.key : `${about.edition}:${unit.key}`;
  const item = model.items.get(key);
  return itemLink(model, key, item?.kind === "principle" ? `${item.principle.number} ${unit.title}` : unit.title);
}

/**
 * @param {Model} model
 * @param {Assessment} about
 * @returns {HTMLElement}
 */
function steps(model, about) {
  const links = (/** @type {string[]} */ keys) =>
    keys.map((key, place) => [place ? ", " : "", itemLink(model, key, key.slice(about.edition.length + 1))]);
  return h(
    "ol",
    { class: "steps" },
    about.steps.map((one) =>
      h(
        "li",
        null,
        h(
          "p",
          null,
          itemLink(model, one.key, one.key.slice(about.edition.length + 1)),
          " ",
          stateMark(one.state),
          " ",
          verb(one.modality),
          ` ${one.action}.`,
          one.flags.map((flag) => h("span", { class: "flag" }, flag)),
        ),
        h(
          "p",
          { class: "small" },
          `${one.roles.join(", ")}. `,
          one.owner === null ? "" : `Owner: ${one.owner}. `,
          one.due === null ? "" : `Due ${one.due}. `,
          one.reasons.join(" "),
          one.waits_for.length > 0 && [" Waits for ", links(one.waits_for), "."],
          one.blocks.length > 0 && [" ", links(one.blocks), " wait for it."],
        ),
      ),
    ),
  );
}

/**
 * @param {Assessment} about
 * @returns {HTMLElement}
 */
function evidence(about) {
  return section(
    "Evidence",
    h("p", { class: "small" }, "Evidence is relevant to a statement; it does not satisfy it."),
    about.evidence === null
      ? h("p", null, notKnown("Left out of this page."))
      : table(
          "Evidence",
          ["Id", "Title", "Kind", "Where", "Collected", "Valid until", "File"],
          about.evidence.map((one) => [
            one.id,
            one.title,
            one.kind,
            one.location === null ? "" : webLink(one.location),
            one.collected,
            one.valid_until,
            one.file,
          ]),
          { hidden: true },
        ),
  );
}
