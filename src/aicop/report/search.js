/** Search the index that Python wrote: keys and numbers first, then words, with tolerance for typos. */

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
const WHOLE = 1;
const BEGUN = 0.7;
const SIMILAR = 0.4;
/** A key or number that is found exactly counts more than any words do; one that is only begun, a little less. */
const EXACT = 1000;
const UNDER = 500;
const SHORTEST = 4;

/**
 * Return a text in small letters without accents, in which letters of one meaning are one letter; as `normalise` in
 * `aicop.report.search_index`.
 *
 * @param {string} text
 * @returns {string}
 */
export function normalise(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("\u03c2", "\u03c3");
}

/**
 * Return the words of a text, which are its runs of letters and digits; as `words_of` in `aicop.report.search_index`.
 *
 * @param {string} text
 * @returns {string[]}
 */
export function wordsOf(text) {
  return normalise(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/**
 * Return a search over an index.
 *
 * @param {SearchIndex} index
 * @returns {Search}
 */
export function createSearch(index) {
  const words = index.words === "" ? [] : index.words.split(" ");
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
    for (const [place, quality] of wordsLike(words, word, last)) {
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
    return new Map([...total].flatMap(([entry, score]) => {
      const count = counts.get(entry) ?? 0;
      return count < wanted ? [] : [[entry, score + count * 20]];
    }));
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

/**
 * Return the places of the words that a word of a query means, each with how well it fits: the word itself in British and
 * American spelling, and those that begin with it; if there are none, those with a typo or two.
 *
 * @param {string[]} words Sorted.
 * @param {string} word
 * @param {boolean} last
 * @returns {[number, number][]}
 */
function wordsLike(words, word, last) {
  const found = spellings(word).flatMap((one) => wordsBegun(words, one, last));
  return found.length > 0 || word.length < SHORTEST ? found : wordsWithTypos(words, word, last);
}

/**
 * Return a word in its British and American spellings, as in "sanitise" and "behaviour"; most words have one.
 *
 * @param {string} word
 * @returns {string[]}
 */
function spellings(word) {
  const british = word.replace(/iz(?=[aei])/u, "is").replace(/(?<=..)or(?=s?$|al)/u, "our");
  const american = word.replace(/is(?=[aei])/u, "iz").replace(/our(?=s?$|al)/u, "or");
  return [...new Set([word, british, american])];
}

/**
 * @param {string[]} words
 * @param {string} word
 * @param {boolean} last
 * @returns {[number, number][]}
 */
function wordsBegun(words, word, last) {
  const start = firstFrom(words, word);
  /** @type {[number, number][]} */
  const found = words[start] === word ? [[start, WHOLE]] : [];
  if (word.length > 2 || (last && word.length > 1)) {
    for (let place = start; words[place]?.startsWith(word); place += 1) {
      if (words[place] !== word) {
        found.push([place, BEGUN]);
      }
    }
  }
  return found;
}

/**
 * @param {string[]} words
 * @param {string} word
 * @param {boolean} last
 * @returns {[number, number][]}
 */
function wordsWithTypos(words, word, last) {
  /** @type {[number, number][]} */
  const found = [];
  const most = word.length < 8 ? 1 : 2;
  for (const [place, other] of words.entries()) {
    const whole = distance(word, other, most);
    // A word that is still being typed may be only the beginning.
    const begun = last && other.length > word.length && whole > 0;
    const typos = begun ? Math.min(whole, distance(word, other.slice(0, word.length), most)) : whole;
    if (typos <= most) {
      found.push([place, SIMILAR / typos]);
    }
  }
  return found;
}

/**
 * Return the place of the first word that is not before *word*.
 *
 * @param {string[]} words Sorted.
 * @param {string} word
 * @returns {number}
 */
function firstFrom(words, word) {
  let [low, high] = [0, words.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((words[middle] ?? "") < word) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/**
 * Return how many letters were left out, added, changed or swapped with their neighbour; more than *most* if that is so.
 *
 * @param {string} one
 * @param {string} other
 * @param {number} most
 * @returns {number}
 */
export function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) {
    return most + 1;
  }
  /** @type {number[]} */
  let before = [];
  let row = [...Array(other.length + 1).keys()];
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    let least = i;
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      let value = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        value = Math.min(value, (before[j - 2] ?? 0) + 1);
      }
      next.push(value);
      least = Math.min(least, value);
    }
    if (least > most) {
      return least;
    }
    [before, row] = [row, next];
  }
  return row[other.length] ?? 0;
}

/**
 * Return a search for keys and numbers, with or without the name of their document: "5.4.1", "EN 304 223 5.2".
 *
 * @param {SearchIndex} index
 * @returns {{find: (text: string) => Map<number, number>, names: (entry: number, word: string) => boolean}}
 */
function keyIndex(index) {
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
        if (/\p{N}/u.test(chunk)) {
          for (const [name, entries] of locals) {
            if (name.startsWith(chunk) && /^[^\p{L}\p{N}]/u.test(name.slice(chunk.length))) {
              for (const entry of entries) {
                if (!found.has(entry) && others.every((word) => names(entry, word))) {
                  found.set(entry, UNDER);
                }
              }
            }
          }
        }
      }
      return found;
    },
  };
}
