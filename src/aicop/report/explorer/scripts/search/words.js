/** The words of texts and queries, and which words are meant by one that may be spelt otherwise or mistyped. */

/** How well a word of the index fits one of a query: it is the same, it goes on, or it differs by a typo. */
const WHOLE = 1;
const BEGUN = 0.7;
const SIMILAR = 0.4;
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

/** @typedef {{words: string[], letters: Int32Array}} Words Sorted words, and the letters of each as bits. */

/**
 * Return the places of the words that a word of a query means, each with how well it fits: the word itself in British
 * and American spelling, and those that begin with it; if there are none, those with a typo or two.
 *
 * @param {Words} known
 * @param {string} word
 * @param {boolean} last
 * @returns {[number, number][]}
 */
export function wordsLike(known, word, last) {
  const found = spellings(word).flatMap((one) => wordsBegun(known.words, one, last));
  return found.length > 0 || word.length < SHORTEST ? found : wordsWithTypos(known, word, last);
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
 * @param {Words} known
 * @param {string} word
 * @param {boolean} last
 * @returns {[number, number][]}
 */
function wordsWithTypos({ words, letters }, word, last) {
  /** @type {[number, number][]} */
  const found = [];
  const most = word.length < 8 ? 1 : 2;
  const asked = lettersOf(word);
  for (let place = 0; place < words.length; place += 1) {
    // Most words lack too many letters, which is seen at once.
    if (moreBits(asked & ~(letters[place] ?? 0), most)) {
      continue;
    }
    const other = words[place] ?? "";
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
 * Return the letters of a word as bits; letters that share a bit only make a filter less sharp.
 *
 * @param {string} word
 * @returns {number}
 */
export function lettersOf(word) {
  let bits = 0;
  for (let i = 0; i < word.length; i += 1) {
    bits |= 1 << (word.charCodeAt(i) % 32);
  }
  return bits;
}

/**
 * Return whether more than so many bits are set.
 *
 * @param {number} bits
 * @param {number} most
 * @returns {boolean}
 */
function moreBits(bits, most) {
  let left = bits;
  for (let i = 0; i < most && left !== 0; i += 1) {
    left &= left - 1;
  }
  return left !== 0;
}

/**
 * Return the place of the first word that is not before *word*.
 *
 * @param {string[]} words Sorted.
 * @param {string} word
 * @returns {number}
 */
export function firstFrom(words, word) {
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
 * Return how many letters were left out, added, changed or swapped with their neighbour.
 *
 * The answer is more than *most* if the words differ by more than that.
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
