/** What a person has set on this page, kept in the browser if it keeps anything. */

/** @typedef {{verdict: string, reason: string, note: string, assessor: string, assessed: string}} Entry */

/** @type {Map<string, string>} */
const memory = new Map();

/**
 * Return the storage of the browser, or null if it has none for this page.
 *
 * @returns {Storage | null}
 */
function storage() {
  try {
    // Reading the property alone raises an error where a browser forbids it.
    return window.localStorage;
  } catch {
    return null;
  }
}

/**
 * Return whether what is set will still be there when the page is opened again.
 *
 * @returns {boolean}
 */
export function isKept() {
  try {
    storage()?.setItem("aicop", "");
    storage()?.removeItem("aicop");
    return storage() !== null;
  } catch {
    return false;
  }
}

/**
 * Return the entries of a system, by key and role, which are joined by a space.
 *
 * @param {string} digest The digest of the library.
 * @param {string} system
 * @returns {Record<string, Entry>}
 */
export function entriesOf(digest, system) {
  const name = `aicop ${digest} ${system}`;
  let text = memory.get(name);
  try {
    text = storage()?.getItem(name) ?? text;
  } catch {
    // What is in memory is all there is.
  }
  try {
    const found = JSON.parse(text ?? "{}");
    return typeof found === "object" && found !== null && !Array.isArray(found) ? found : {};
  } catch {
    return {};
  }
}

/**
 * Keep the entries of a system.
 *
 * @param {string} digest
 * @param {string} system
 * @param {Record<string, Entry>} entries
 */
export function keepEntries(digest, system, entries) {
  const name = `aicop ${digest} ${system}`;
  const text = JSON.stringify(entries);
  memory.set(name, text);
  try {
    storage()?.setItem(name, text);
  } catch {
    // The page says that nothing is kept; see `isKept`.
  }
}
