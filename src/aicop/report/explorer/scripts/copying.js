/** Copy a key, a citation or a row, and save files. */

/** @import { Edition, Framework, Item } from "./types.js" */
import { csvText } from "./csv.js";
import { byId, h } from "./dom.js";

/**
 * Copy a text, and say so to people who see the page and to those who hear it.
 *
 * @param {string} text
 * @param {string} what
 */
export async function copy(text, what) {
  let done = true;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Some browsers allow this only on pages of a server.
    done = copyByHand(text);
  }
  announce(done ? `Copied ${what}.` : "The browser does not let this page copy; select the text instead.");
}

/**
 * @param {string} text
 * @returns {boolean}
 */
function copyByHand(text) {
  const field = h("textarea", { class: "away", "aria-hidden": "true" });
  /** @type {HTMLTextAreaElement} */ (field).value = text;
  document.body.append(field);
  /** @type {HTMLTextAreaElement} */ (field).select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}

/** @type {number | undefined} */
let timer;

/**
 * Show a message for a few seconds.
 *
 * @param {string} message
 */
export function announce(message) {
  const place = byId("message");
  place.textContent = message;
  clearTimeout(timer);
  timer = setTimeout(() => {
    place.textContent = "";
  }, 5000);
}

/**
 * Save a text as a file.
 *
 * @param {string} name
 * @param {string} text
 * @param {string} type
 */
export function save(name, text, type) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = h("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/**
 * Return the citation of an item: the publication, the place in it, and the key.
 *
 * @param {Item} item
 * @returns {string}
 */
export function citation(item) {
  const source = item.kind === "framework" || item.kind === "element" ? item.framework : item.edition;
  return `${publication(source)}${placeIn(item)}. ${item.key}`;
}

/**
 * @param {Edition | Framework} source
 * @returns {string}
 */
function publication(source) {
  const facts = [source.publisher, source.published].filter(Boolean).join(", ");
  return facts ? `${source.title} (${facts})` : source.title;
}

/**
 * @param {Item} item
 * @returns {string}
 */
function placeIn(item) {
  switch (item.kind) {
    case "provision":
      return `, provision ${item.provision.number}`;
    case "statement":
      return `, provision ${item.provision.number}, statement ${item.key.split("#").at(-1)}`;
    case "principle":
      return `, principle ${item.principle.number.replace(/^P/, "")}: ${item.title}`;
    case "phase":
    case "role":
      return `, ${item.title}`;
    case "element":
      return `, ${item.element.local}`;
    default:
      return "";
  }
}

/**
 * Return the buttons that copy an item or a row.
 *
 * @param {string} key
 * @param {string | null} cited The citation; null for a row that has none.
 * @param {Record<string, string>} row
 * @returns {HTMLElement}
 */
export function copyButtons(key, cited, row) {
  const button = (/** @type {string} */ label, /** @type {() => string} */ text) =>
    h("button", { type: "button", onclick: () => void copy(text(), `the ${label} of ${key}`) }, label);
  return h(
    "div",
    { class: "copies", role: "group", "aria-label": `Copy ${key}` },
    h("span", { class: "label" }, "Copy"),
    button("key", () => key),
    cited !== null && button("citation", () => cited),
    button("CSV", () => csvText([Object.keys(row), Object.values(row)])),
    button("Markdown", () => markdownRow(row)),
    button("JSON", () => `${JSON.stringify(row, null, 2)}\n`),
  );
}

/**
 * @param {Record<string, string>} row
 * @returns {string}
 */
function markdownRow(row) {
  const line = (/** @type {string[]} */ cells) => `| ${cells.map(markdownCell).join(" | ")} |\n`;
  const names = Object.keys(row);
  return line(names) + line(names.map(() => "---")) + line(Object.values(row));
}

/**
 * @param {string} cell
 * @returns {string}
 */
function markdownCell(cell) {
  return cell.replace(/[\\|`*_[\]<>#]/g, "\\$&").replace(/\s+/g, " ");
}
