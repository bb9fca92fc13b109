/** Search the index that Python wrote: keys and numbers first, then words, with tolerance for typos. */

import { keyIndex } from "./keys.js";
import { lettersOf, wordsLike, wordsOf } from "./words.js";

/**
 * @typedef {object} SearchIndex What `aicop.report.search_index` writes.
 * @property {[string, string, number, ...string[]][]} entries Key, title, kind, and aliases.
 * @property {string[]} kinds
 * @property {string} stop Words that find nothing, separated by blanks.
 * @property {string} words All words, separated by blanks, sorted by UTF-16 code units.
 * @property {number[][]} places For each word, the differences between the numbers `3 * entry + field`.
 *
 * @typedef {{key: string, title: string, kind: string, score: number}} Hit
 * @typedef {{find: (text: string, limit?: number) => Hit[]}} Search
 */

const FIELDS = 3;
/** How much a word counts in the text, the title and the id of an entry. */
const WEIGHTS = [1, 3, 4];

/**
 * Return a search over an index.
 *
 * @param {SearchIndex} index
 * @returns {Search}
 */
export function createSearch(index) {
  const words = index.words === "" ? [] : index.words.split(" ");
  const letters = Int32Array.from(words, lettersOf);
  const stop = new Set(index.stop.split(" "));
  const keys = keyIndex(index);

  /**
   * Return the score of each entry for one word of a query.
   *
   * @param {string} word
   * @param {boolean} last Whether a person may still be typing the word.
   * @returns {Map<number, number>}
   */
  function scoresOf(word, last) {
    /** @type {Map<number, number>} */
    const scores = new Map();
    for (const [place, quality] of wordsLike({ words, letters }, word, last)) {
      const found = index.places[place] ?? [];
      // A word that few entries have says more.
      const rarity = Math.log(1 + index.entries.length / found.length);
      let number = 0;
      for (const step of found) {
        number += step;
        const entry = Math.floor(number / FIELDS);
        const score = (WEIGHTS[number % FIELDS] ?? 1) * quality * rarity;
        scores.set(entry, Math.max(scores.get(entry) ?? 0, score));
      }
    }
    return scores;
  }

  /**
   * Return the entries that match a query, with their scores. If some match all words, only these are returned.
   *
   * @param {string} text
   * @returns {Map<number, number>}
   */
  function byWords(text) {
    const all = wordsOf(text);
    const asked = [...new Set(all)].filter((word) => !stop.has(word));
    const parts = asked.map((word) => scoresOf(word, word === all.at(-1)));
    /** @type {Map<number, number>} */
    const total = new Map();
    /** @type {Map<number, number>} */
    const counts = new Map();
    for (const part of parts) {
      for (const [entry, score] of part) {
        total.set(entry, (total.get(entry) ?? 0) + score);
        counts.set(entry, (counts.get(entry) ?? 0) + 1);
      }
    }
    // A word may also name the document or the kind, as in "nist logging" or "principle training".
    for (const [i, word] of asked.entries()) {
      for (const [entry, score] of total) {
        if (!parts[i]?.has(entry) && keys.names(entry, word)) {
          total.set(entry, score + 1);
          counts.set(entry, (counts.get(entry) ?? 0) + 1);
        }
      }
    }
    const most = Math.max(0, ...counts.values());
    const wanted = most === asked.length ? most : 1;
    return new Map(
      [...total].flatMap(([entry, score]) => {
        const count = counts.get(entry) ?? 0;
        return count < wanted ? [] : [[entry, score + count * 20]];
      }),
    );
  }

  return {
    find: (text, limit = 20) => {
      const scores = byWords(text);
      for (const [entry, score] of keys.find(text)) {
        scores.set(entry, (scores.get(entry) ?? 0) + score);
      }
      const order = [...scores].toSorted(([one, high], [two, low]) => low - high || one - two);
      return order.slice(0, limit).flatMap(([entry, score]) => {
        const row = index.entries[entry];
        return row === undefined ? [] : [{ key: row[0], title: row[1], kind: index.kinds[row[2]] ?? "", score }];
      });
    },
  };
}
