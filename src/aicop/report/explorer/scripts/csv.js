/** Tables as CSV (RFC 4180), with the same protection from formulas as the files that aicop writes. */

/**
 * Return a table as CSV. A cell that a spreadsheet would run as a formula gets an apostrophe in front.
 *
 * @param {string[][]} rows
 * @returns {string}
 */
export function csvText(rows) {
  return rows.map((row) => `${row.map(csvCell).join(",")}\r\n`).join("");
}

/**
 * @param {string} cell
 * @returns {string}
 */
function csvCell(cell) {
  const safe = isFormula(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * @param {string} cell
 * @returns {boolean}
 */
function isFormula(cell) {
  return /^'*[=+@\t\r-]/.test(cell);
}

/**
 * Return the rows of a CSV text, without the apostrophes in front of formulas.
 *
 * @param {string} text
 * @returns {string[][]}
 */
export function csvRows(text) {
  const rows = [];
  let row = [];
  let cell = "";
  let quoted = false;
  const source = text.replace(/^\uFEFF/, "");
  for (let place = 0; place < source.length; place += 1) {
    const sign = source.charAt(place);
    if (quoted) {
      if (sign !== '"') {
        cell += sign;
      } else if (source.charAt(place + 1) === '"') {
        cell += sign;
        place += 1;
      } else {
        quoted = false;
      }
    } else if (sign === '"' && cell === "") {
      quoted = true;
    } else if (sign === ",") {
      row.push(cell);
      cell = "";
    } else if (sign === "\n" || sign === "\r") {
      if (sign === "\r" && source.charAt(place + 1) === "\n") {
        place += 1;
      }
      rows.push([...row, cell]);
      row = [];
      cell = "";
    } else {
      cell += sign;
    }
  }
  if (cell !== "" || row.length > 0) {
    rows.push([...row, cell]);
  }
  return rows
    .filter((cells) => cells.some((one) => one !== ""))
    .map((cells) => cells.map((one) => (one.startsWith("'") && isFormula(one) ? one.slice(1) : one)));
}
