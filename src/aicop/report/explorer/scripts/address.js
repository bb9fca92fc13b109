/** Addresses within the page: `#/` and a key, or the name of a view with its arguments. */

/** @import { Place } from "./types.js" */

const READABLE = new Map([
  ["%40", "@"],
  ["%3A", ":"],
  ["%2C", ","],
  ["%7C", "|"],
]);

/**
 * @param {string} text
 * @returns {string}
 */
function encode(text) {
  return encodeURIComponent(text).replace(/%40|%3A|%2C|%7C/g, (found) => READABLE.get(found) ?? found);
}

/**
 * @param {string} text
 * @returns {string}
 */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    // A person may have typed a lone percent sign.
    return text;
  }
}

/**
 * Return the address of an item.
 *
 * @param {string} key
 * @returns {string}
 */
export function hrefOf(key) {
  return `#/${encode(key)}`;
}

/**
 * Return the address of a view.
 *
 * @param {string[]} parts
 * @param {Record<string, string | null | undefined>} [query]
 * @returns {string}
 */
export function viewHref(parts, query = {}) {
  const words = Object.entries(query).filter(([, value]) => value);
  const asked = words.map(([name, value]) => `${encode(name)}=${encode(value ?? "")}`).join("&");
  return `#/${parts.map(encode).join("/")}${asked && `?${asked}`}`;
}

/**
 * Return what an address asks for.
 *
 * @param {string} hash
 * @returns {Place}
 */
export function placeOf(hash) {
  const text = hash.replace(/^#\/?/, "");
  const [path = "", ...rest] = text.split("?");
  return { path: decode(path), parts: path.split("/").map(decode), query: new URLSearchParams(rest.join("?")) };
}

/**
 * Change the query of the address that is shown, without a step in the history.
 *
 * @param {Record<string, string | null>} changes
 */
export function replaceQuery(changes) {
  const place = placeOf(location.hash);
  const query = Object.fromEntries(place.query);
  for (const [name, value] of Object.entries(changes)) {
    query[name] = value ?? "";
  }
  history.replaceState(null, "", viewHref(place.parts, query));
}
