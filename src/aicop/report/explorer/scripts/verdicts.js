/** Verdicts as rows of verdicts.csv, which `aicop assess merge` takes. */

/** @import { Assessment, Edition, Statement, VerdictCells } from "./types.js" */
/** @import { Entry } from "./store.js" */
import { csvRows, csvText } from "./csv.js";

export const VERDICTS = ["not assessed", "pass", "fail", "inconclusive", "not applicable"];
const EDITED = /** @type {const} */ (["verdict", "reason", "assessor", "assessed", "note"]);
const COLUMNS = ["key", "role", ...EDITED, "row_digest", "statement_digest"];

/** @typedef {{statement: Statement, role: string, digest: string, cells: VerdictCells}} Row */

/**
 * Return the rows of a statement: those of the assessment, and one for all roles if there is none.
 *
 * @param {Statement} statement
 * @param {Assessment | undefined} assessment
 * @returns {Row[]}
 */
export function rowsOf(statement, assessment) {
  const known = (assessment?.rows ?? []).filter((row) => row["key"] === statement.key);
  const bound = assessment?.states.find((one) => one.key === statement.key)?.roles ?? [];
  const roles = new Set(known.map((row) => row["role"]));
  const rows = known.map((cells) => ({
    statement,
    role: cells["role"] ?? "",
    digest: cells["row_digest"] ?? "",
    cells,
  }));
  if (!roles.has("") && !(known.length > 0 && bound.every((role) => roles.has(role)))) {
    rows.unshift({ statement, role: "", digest: statement.blank, cells: {} });
  }
  return rows;
}

/**
 * Return the name of a row in the browser's storage.
 *
 * @param {Row} row
 * @returns {string}
 */
export function nameOf(row) {
  return row.role ? `${row.statement.key} ${row.role}` : row.statement.key;
}

/**
 * Return a row as it is: what was set in this browser, otherwise what the page came with.
 *
 * @param {Row} row
 * @param {Record<string, Entry>} entries
 * @returns {Entry}
 */
export function entryOf(row, entries) {
  const cell = (/** @type {string} */ name) => row.cells[name] ?? "";
  return (
    entries[nameOf(row)] ?? {
      verdict: cell("verdict") || "not assessed",
      reason: cell("reason"),
      note: cell("note"),
      assessor: cell("assessor"),
      assessed: cell("assessed"),
    }
  );
}

/**
 * Return what keeps a row from being merged, or "" if nothing does.
 *
 * @param {Entry} entry
 * @returns {string}
 */
export function problemOf(entry) {
  return entry.verdict === "not applicable" && entry.reason.trim() === ""
    ? "A verdict of not applicable needs a reason."
    : "";
}

/**
 * Return what was set in this browser as verdicts.csv.
 *
 * @param {Edition} edition
 * @param {Assessment | undefined} assessment
 * @param {Record<string, Entry>} entries
 * @returns {string}
 */
export function verdictsCsv(edition, assessment, entries) {
  const rows = edition.provisions.flatMap((one) => one.statements.flatMap((said) => rowsOf(said, assessment)));
  const set = rows.filter((row) => entries[nameOf(row)] !== undefined);
  return csvText([
    COLUMNS,
    ...set.map((row) => {
      const entry = entryOf(row, entries);
      return [row.statement.key, row.role, ...EDITED.map((name) => entry[name]), row.digest, row.statement.digest];
    }),
  ]);
}

/**
 * Return the entries of a file, and what in it could not be read.
 *
 * @param {string} text
 * @param {Edition} edition
 * @returns {{entries: Record<string, Entry>, problems: string[]}}
 */
export function readVerdicts(text, edition) {
  const [header, ...rows] = csvRows(text);
  const names = (header ?? []).map((name) => name.trim().toLowerCase().replace(/\s+/g, "_"));
  if (!names.includes("key")) {
    return { entries: {}, problems: ["The file has no column key; choose a verdicts.csv."] };
  }
  const known = new Map(edition.provisions.flatMap((one) => one.statements.map((said) => [said.key, said])));
  /** @type {Record<string, Entry>} */
  const entries = {};
  const problems = [];
  for (const [place, cells] of rows.entries()) {
    const row = Object.fromEntries(names.map((name, column) => [name, cells[column] ?? ""]));
    const cell = (/** @type {string} */ name) => (row[name] ?? "").trim();
    const statement = known.get(cell("key"));
    const verdict = cell("verdict") || "not assessed";
    if (statement === undefined) {
      problems.push(`Row ${place + 2}: ${cell("key") || "an empty key"} is not a statement of ${edition.key}.`);
    } else if (!VERDICTS.includes(verdict)) {
      problems.push(`Row ${place + 2}: ${verdict} is not a verdict; use ${VERDICTS.join(", ")}.`);
    } else {
      const name = nameOf({ statement, role: cell("role"), digest: "", cells: {} });
      const [reason, assessor, assessed, note] = ["reason", "assessor", "assessed", "note"].map(cell);
      entries[name] = {
        verdict,
        reason: reason ?? "",
        assessor: assessor ?? "",
        assessed: assessed ?? "",
        note: note ?? "",
      };
    }
  }
  return { entries, problems };
}
