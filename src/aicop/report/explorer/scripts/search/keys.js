/** Find keys, numbers and aliases, with or without the name of their document. */

/** @import { SearchIndex } from "./search.js" */
import { firstFrom, wordsOf } from "./words.js";

/** A key or number that is found exactly counts more than any words do; one that is only begun, a little less. */
const EXACT = 1000;
const UNDER = 500;

/**
 * Return a search for keys and numbers, with or without the name of their document: "5.4.1", "EN 304 223 5.2".
 *
 * @param {SearchIndex} index
 * @returns {{find: (text: string) => Map<number, number>, names: (entry: number, word: string) => boolean}}
 */
export function keyIndex(index) {
  /** @type {Map<string, Set<string>>} */
  const documents = new Map();
  /** @type {Map<string, number[]>} */
  const locals = new Map();
  /** @type {string[]} */
  const documentOf = [];
  for (const [entry, [key, , , ...aliases]] of index.entries.entries()) {
    const colon = key.indexOf(":");
    const document = colon < 0 ? key : key.slice(0, colon);
    documentOf.push(document);
    documents.set(document, documents.get(document) ?? new Set(wordsOf(document)));
    for (const name of [key, ...(colon < 0 ? [] : [key.slice(colon + 1)]), ...aliases]) {
      const small = name.toLowerCase();
      locals.set(small, [...(locals.get(small) ?? []), entry]);
    }
  }

  /**
   * @param {number} entry
   * @param {string} word
   */
  function names(entry, word) {
    const kind = index.kinds[index.entries[entry]?.[2] ?? -1] ?? "";
    return Boolean(documents.get(documentOf[entry] ?? "")?.has(word)) || wordsOf(kind).includes(word);
  }

  const sorted = [...locals.keys()].sort();

  /**
   * Return the entries whose id goes on after this one with a sign, as 5.4.1 after 5.4, but not 5.40.
   *
   * @param {string} chunk
   * @returns {number[]}
   */
  function under(chunk) {
    /** @type {number[]} */
    const found = [];
    for (let place = firstFrom(sorted, chunk); sorted[place]?.startsWith(chunk); place += 1) {
      const name = sorted[place] ?? "";
      if (/^[^\p{L}\p{N}]/u.test(name.slice(chunk.length))) {
        found.push(...(locals.get(name) ?? []));
      }
    }
    return found;
  }

  return {
    names,
    find: (text) => {
      /** @type {Map<number, number>} */
      const found = new Map();
      const chunks = text.toLowerCase().trim().split(/\s+/u);
      for (const [i, chunk] of chunks.entries()) {
        const others = wordsOf([...chunks.slice(0, i), ...chunks.slice(i + 1)].join(" "));
        for (const entry of locals.get(chunk) ?? []) {
          if (others.every((word) => names(entry, word))) {
            found.set(entry, EXACT);
          }
        }
        // A number also finds what is under it, such as 5.4.1 under 5.4, after the thing itself.
        for (const entry of /\p{N}/u.test(chunk) ? under(chunk) : []) {
          if (!found.has(entry) && others.every((word) => names(entry, word))) {
            found.set(entry, UNDER);
          }
        }
      }
      return found;
    },
  };
}
