/** The checklist of a role, in which verdicts and notes can be set. */

/** @import { Assessment, Edition, Provision, Statement, View } from "../types.js" */
/** @import { Model } from "../model.js" */
/** @import { Entry } from "../store.js" */
/** @import { Row } from "../verdicts.js" */
import { replaceQuery, viewHref } from "../address.js";
import { announce, save } from "../copying.js";
import { h } from "../dom.js";
import { choice, counted, editionChoice, itemLink, stateMark, verb } from "../pieces.js";
import { entriesOf, isKept, keepEntries } from "../store.js";
import { VERDICTS, entryOf, nameOf, problemOf, readVerdicts, rowsOf, verdictsCsv } from "../verdicts.js";

/**
 * @param {Model} model
 * @param {Edition} edition
 * @param {string} role The role, or "" for all statements.
 * @param {string | null} asked The system that the address names.
 * @returns {View}
 */
export function roleView(model, edition, role, asked) {
  const assessments = model.page.assessments.filter((one) => one.edition === edition.key);
  const system = asked ?? assessments[0]?.system ?? "my-system";
  const assessment = assessments.find((one) => one.system === system);
  const holds = (/** @type {Statement} */ said) => role === "" || said.duty_holders.includes(role);
  const count = edition.provisions.flatMap((one) => one.statements).filter(holds).length;
  const names = model.page.words.roles.filter((one) => model.items.has(`${edition.key}:${one}`));
  const list = h("div", { class: "checklist" });
  const tools = h("div", { class: "tools no-print" });
  const draw = () => {
    const entries = entriesOf(model.page.digest, system);
    const isThere = tools.contains(document.activeElement);
    list.replaceChildren(
      ...edition.phases.flatMap((phase) =>
        phaseList(
          phase.title,
          edition.provisions.filter((one) => one.phase === phase.key),
        ),
      ),
    );
    tools.replaceChildren(...toolbar(model, edition, assessment, system, Object.keys(entries).length, draw));
    if (isThere) {
      // The keyboard was on a button that is gone.
      tools.querySelector("input")?.focus();
    }
  };
  const phaseList = (/** @type {string} */ title, /** @type {Provision[]} */ provisions) => {
    const cards = provisions.flatMap((one) =>
      one.statements
        .filter(holds)
        .map((said) =>
          card(model, edition, one, said, assessment, system, () =>
            tools.replaceChildren(
              ...toolbar(
                model,
                edition,
                assessment,
                system,
                Object.keys(entriesOf(model.page.digest, system)).length,
                draw,
              ),
            ),
          ),
        ),
    );
    return cards.length === 0 ? [] : [h("h2", null, title), ...cards];
  };
  draw();
  // Whoever goes on to another role means the same system.
  const address = (/** @type {string} */ key, one = asked) => viewHref([key], { system: one });
  const definition = edition.stakeholders.find((one) => one.role === role)?.definition;
  return {
    title: role === "" ? "Checklist" : `Checklist: ${role}`,
    nav: "roles",
    nodes: [
      editionChoice(model, edition.key, (key) => address(`${key}:${role}`)) ?? "",
      choice(
        "Role",
        names.map((one) => ({ label: one, href: address(`${edition.key}:${one}`), current: one === role })),
      ),
      assessments.length < 2
        ? ""
        : choice(
            "System",
            assessments.map((one) => ({
              label: one.title ?? one.system,
              href: address(`${edition.key}:${role}`, one.system),
              current: one === assessment,
            })),
          ),
      h("h1", null, role),
      h(
        "p",
        { class: "lead" },
        definition === undefined ? "" : `${definition} `,
        `${counted(count, "statement")} of ${edition.key} ${count === 1 ? "binds" : "bind"} it.`,
      ),
      systemChoice(assessments, system, assessment),
      tools,
      list,
    ].map((one) => (typeof one === "string" ? document.createTextNode(one) : one)),
  };
}

/**
 * @param {Assessment[]} assessments
 * @param {string} system
 * @param {Assessment | undefined} assessment
 * @returns {HTMLElement}
 */
function systemChoice(assessments, system, assessment) {
  const field = /** @type {HTMLInputElement} */ (
    h("input", { id: "system", value: system, list: "systems", autocomplete: "off", spellcheck: "false" })
  );
  field.addEventListener("change", () => {
    replaceQuery({ system: field.value.trim() || null });
    dispatchEvent(new HashChangeEvent("hashchange"));
  });
  return h(
    "p",
    { class: "system" },
    h("label", { for: "system" }, "System "),
    field,
    h(
      "datalist",
      { id: "systems" },
      assessments.map((one) => h("option", { value: one.system })),
    ),
    " ",
    h(
      "span",
      { class: "small" },
      assessment === undefined
        ? "This page holds no assessment of it."
        : `With its verdicts; states are those of ${assessment.on}.`,
    ),
  );
}

/**
 * @param {Model} model
 * @param {Edition} edition
 * @param {Assessment | undefined} assessment
 * @param {string} system
 * @param {number} count
 * @param {() => void} redraw
 * @returns {HTMLElement[]}
 */
function toolbar(model, edition, assessment, system, count, redraw) {
  const { digest } = model.page;
  const file = /** @type {HTMLInputElement} */ (h("input", { type: "file", id: "import", accept: ".csv,text/csv" }));
  file.addEventListener("change", async () => {
    const text = await file.files?.[0]?.text();
    if (text !== undefined) {
      const found = readVerdicts(text, edition);
      keepEntries(digest, system, { ...entriesOf(digest, system), ...found.entries });
      redraw();
      announce([`Took ${counted(Object.keys(found.entries).length, "row")}.`, ...found.problems.slice(0, 3)].join(" "));
    }
  });
  return [
    h(
      "p",
      { class: "progress" },
      `${counted(count, "verdict or note", "verdicts and notes")} set in this browser for ${system}, in all roles.`,
    ),
    isKept()
      ? h("span")
      : h("p", { class: "warning" }, "This browser keeps nothing for this page. Export before you close it."),
    h(
      "p",
      { class: "actions" },
      h(
        "button",
        {
          type: "button",
          class: "main",
          disabled: count === 0,
          onclick: () => save("verdicts.csv", verdictsCsv(edition, assessment, entriesOf(digest, system)), "text/csv"),
        },
        "Export verdicts.csv",
      ),
      " ",
      h("label", { class: "button", for: "import" }, "Import verdicts.csv"),
      file,
      " ",
      clearButton(model, system, count === 0, redraw),
      " ",
      h("button", { type: "button", onclick: () => print() }, "Print"),
    ),
    h(
      "p",
      { class: "small" },
      "Take the file into an assessment with ",
      h("code", null, `aicop assess merge ${system} verdicts.csv`),
      ". Nothing leaves this page otherwise.",
    ),
  ];
}

/**
 * Return a button that asks again before it removes what was set.
 *
 * @param {Model} model
 * @param {string} system
 * @param {boolean} disabled
 * @param {() => void} redraw
 * @returns {HTMLElement}
 */
function clearButton(model, system, disabled, redraw) {
  const button = h("button", { type: "button", disabled }, "Clear");
  let asked = false;
  button.addEventListener("click", () => {
    if (asked) {
      keepEntries(model.page.digest, system, {});
      redraw();
      announce(`Removed what was set for ${system}.`);
    }
    asked = true;
    button.textContent = `Remove all of ${system} from this browser?`;
  });
  return button;
}

/**
 * @param {Model} model
 * @param {Edition} edition
 * @param {Provision} provision
 * @param {Statement} said
 * @param {Assessment | undefined} assessment
 * @param {string} system
 * @param {() => void} changed
 * @returns {HTMLElement}
 */
function card(model, edition, provision, said, assessment, system, changed) {
  const state = assessment?.states.find((one) => one.key === said.key);
  return h(
    "article",
    { class: "check" },
    h(
      "div",
      { class: "duty" },
      h(
        "p",
        { class: "sentence" },
        itemLink(model, said.key, h("span", { class: "number" }, said.key.slice(edition.key.length + 1))),
        " ",
        verb(said.modality),
        ` ${said.action}`,
        said.condition !== null && h("span", { class: "when" }, `, when ${said.condition}`),
        ".",
      ),
      h(
        "p",
        { class: "small" },
        provision.title,
        said.duty_holders.length > 1 && `. With others: ${said.who}`,
        said.attribution !== "stated" && `. Who: ${said.attribution}`,
      ),
      state !== undefined &&
        h(
          "p",
          { class: "small" },
          stateMark(state.state),
          state.flags.map((flag) => h("span", { class: "flag" }, flag)),
          state.inherited_from !== null && ` from ${state.inherited_from}`,
          state.reasons.map((reason) => ` ${reason}`),
        ),
    ),
    rowsOf(said, assessment).map((row) => rowFields(model, row, system, changed)),
  );
}

/**
 * @param {Model} model
 * @param {Row} row
 * @param {string} system
 * @param {() => void} changed
 * @returns {HTMLElement}
 */
function rowFields(model, row, system, changed) {
  const { digest } = model.page;
  const entry = entryOf(row, entriesOf(digest, system));
  const id = nameOf(row);
  const problem = h("p", { class: "warning", role: "status" });
  const boxes = VERDICTS.map((one) => h("option", { value: one, selected: one === entry.verdict }, one));
  const verdict = /** @type {HTMLSelectElement} */ (
    h("select", { "aria-label": `Verdict on ${id}`, class: "verdict" }, boxes)
  );
  const update = () => {
    const known = entriesOf(digest, system);
    /** @type {Entry} */
    const now = { ...entryOf(row, known), verdict: verdict.value, reason: reason.value, note: note.value };
    if (now.verdict !== entryOf(row, known).verdict) {
      now.assessed = today();
    }
    keepEntries(digest, system, { ...known, [id]: now });
    show(now);
    changed();
  };
  const text = (/** @type {string} */ name, /** @type {string} */ label, /** @type {string} */ value) => {
    // A note may have several lines, which a field of one line would drop.
    const made = /** @type {HTMLTextAreaElement} */ (
      h("textarea", { class: name, placeholder: label, "aria-label": `${label}: ${id}` })
    );
    made.value = value;
    made.rows = Math.max(1, Math.ceil(value.length / 32));
    made.addEventListener("change", update);
    return made;
  };
  const reason = text("reason", "Why it is not applicable", entry.reason);
  const note = text("note", "Note", entry.note);
  const show = (/** @type {Entry} */ now) => {
    problem.textContent = problemOf(now);
    reason.hidden = now.verdict !== "not applicable" && now.reason === "";
    fields.dataset["verdict"] = now.verdict;
  };
  verdict.addEventListener("change", update);
  const fields = h(
    "div",
    { class: "fields" },
    row.role && h("span", { class: "label" }, `as ${row.role}`),
    verdict,
    reason,
    note,
    problem,
  );
  show(entry);
  return fields;
}

/**
 * Return the day where the reader is, as an ISO date.
 *
 * @returns {string}
 */
function today() {
  const now = new Date();
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
