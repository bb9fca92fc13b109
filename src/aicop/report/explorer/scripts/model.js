/** What a page holds, in a form in which views ask for it. */

/** @import { Claim, ClaimRow, Crosswalk, CrosswalkRow, Edition, Element, ElementRow } from "./types.js" */
/** @import { Framework, Item, Mapping, Page, Provision, Step, StepRow } from "./types.js" */

/** @typedef {ReturnType<typeof readModel>} Model */

/**
 * Return the model of a page.
 *
 * @param {Page} page
 */
export function readModel(page) {
  const text = (/** @type {number | null | undefined} */ place) =>
    place === null || place === undefined ? null : (page.texts[place] ?? null);
  /** @type {Map<string, Item>} */
  const items = new Map();
  /** @type {Map<string, Element[]>} */
  const children = new Map();
  for (const edition of page.editions) {
    addEdition(items, edition);
  }
  for (const framework of page.frameworks) {
    items.set(framework.key, { kind: "framework", key: framework.key, title: framework.title, framework });
    for (const row of framework.elements) {
      const element = elementOf(framework, row, text);
      items.set(element.key, { kind: "element", key: element.key, title: element.title ?? "", framework, element });
      const above = element.parent ?? framework.key;
      const below = children.get(above);
      if (below === undefined) {
        children.set(above, [element]);
      } else {
        below.push(element);
      }
    }
  }
  /** @type {Map<number, Mapping>} */
  const mappings = new Map();
  const mapping = (/** @type {number} */ place) => {
    const known = mappings.get(place) ?? mappingOf(page, place, text);
    mappings.set(place, known);
    return known;
  };
  const places = new Map([...items.keys()].map((key, place) => [key, place]));
  const order = (/** @type {string} */ key) => places.get(key.split("|")[0] ?? "") ?? items.size;
  const crosswalks = crosswalksOf(page, text, order);

  return {
    page,
    text,
    items,
    /** Return the place of an element, or of the first of several that are taken together, for sorting. */
    order,
    crosswalks,
    /**
     * Return the elements directly below an element or framework.
     *
     * @param {string} key
     */
    children: (key) => children.get(key) ?? [],
    /**
     * Return the steps of a path in order.
     *
     * @param {StepRow[]} path
     * @returns {Step[]}
     */
    steps: (path) =>
      path.map((step) => {
        if (typeof step === "number") {
          return { mapping: mapping(step < 0 ? ~step : step), inverted: step < 0 };
        }
        const [from, to, inverted] = step;
        const [part, whole] = inverted ? [text(to), text(from)] : [text(from), text(to)];
        return { part: part ?? "", whole: whole ?? "" };
      }),
    /**
     * Return the bases of the mappings behind a claim, each once.
     *
     * @param {Claim} claim
     */
    bases: (claim) => [
      ...new Set(
        claim.paths
          .flat()
          .flatMap((step) => (typeof step === "number" ? [mapping(step < 0 ? ~step : step).basis] : [])),
      ),
    ],
    /**
     * Return the band of a strength; null if it is 0 or not known.
     *
     * @param {number | null} strength
     */
    band: (strength) => (strength === null ? null : (page.words.band_of[strength] ?? null)),
    /**
     * Return the title of an item or of several that are taken together; empty if there is none.
     *
     * @param {string} key
     */
    title: (key) => items.get(key)?.title ?? "",
    /**
     * Return the edition with this key, or the first one.
     *
     * @param {string | undefined} key
     * @returns {Edition | undefined}
     */
    edition: (key) => page.editions.find((one) => one.key === key) ?? page.editions[0],
  };
}

/**
 * @param {Map<string, Item>} items
 * @param {Edition} edition
 */
function addEdition(items, edition) {
  items.set(edition.key, { kind: "edition", key: edition.key, title: edition.title, edition });
  for (const phase of edition.phases) {
    items.set(phase.key, { kind: "phase", key: phase.key, title: phase.title, edition, phase });
  }
  for (const principle of edition.principles) {
    items.set(principle.key, { kind: "principle", key: principle.key, title: principle.title, edition, principle });
  }
  for (const provision of edition.provisions) {
    const { key, title } = provision;
    items.set(key, { kind: "provision", key, title, edition, provision });
    for (const statement of provision.statements) {
      const one = { key: statement.key, title: statement.action, edition, provision, statement };
      items.set(statement.key, { kind: "statement", ...one });
    }
  }
  for (const role of new Set(edition.provisions.flatMap(rolesOf).concat(edition.stakeholders.map((one) => one.role)))) {
    const key = `${edition.key}:${role}`;
    items.set(key, { kind: "role", key, title: role, edition, role });
  }
}

/**
 * Return the duty holders of a provision, each once.
 *
 * @param {Provision} provision
 * @returns {string[]}
 */
export function rolesOf(provision) {
  return [...new Set(provision.statements.flatMap((statement) => statement.duty_holders))];
}

/**
 * @param {Framework} framework
 * @param {ElementRow} row
 * @param {(place: number | null) => string | null} text
 * @returns {Element}
 */
function elementOf(framework, row, text) {
  const [local, parent, kind, nature, title, words, amended, withdrawn] = row;
  return {
    key: `${framework.key}:${local}`,
    local,
    framework: framework.key,
    parent: parent === null ? null : `${framework.key}:${parent}`,
    kind: text(kind) ?? "",
    nature: text(nature) ?? "",
    title,
    words,
    amended,
    withdrawn: withdrawn === 1,
  };
}

/**
 * @param {Page} page
 * @param {number} place
 * @param {(place: number | null) => string | null} text
 * @returns {Mapping}
 */
function mappingOf(page, place, text) {
  const row = page.mappings[place];
  if (row === undefined) {
    throw new Error(`the page has no mapping ${place}`);
  }
  const [source, predicate, target, strength, reverseStrength, confidence, basis, date, knowledge, set, ...texts] = row;
  const [rationale, remainder, reverseRemainder, author, settlement] = texts.map(text);
  return {
    source: text(source),
    predicate,
    target: text(target),
    strength,
    reverseStrength,
    confidence,
    basis,
    date,
    knowledge,
    set: set === null ? null : (page.sets[set] ?? null),
    rationale: rationale ?? null,
    remainder: remainder ?? null,
    reverseRemainder: reverseRemainder ?? null,
    author: author ?? null,
    settlement: settlement ?? null,
  };
}

/**
 * Return a function that returns the crosswalk between two frameworks, in either direction, and lists of them.
 *
 * @param {Page} page
 * @param {(place: number | null | undefined) => string | null} text
 * @param {(key: string) => number} order
 */
function crosswalksOf(page, text, order) {
  /** @type {Map<string, Crosswalk>} */
  const built = new Map();
  /** @type {Map<string, CrosswalkRow>} */
  const rows = new Map(page.crosswalks.map((row) => [`${row.source} ${row.target}`, row]));
  /** @type {WeakMap<Crosswalk, (key: string) => Claim[]>} */
  const readers = new WeakMap();

  /**
   * @param {string} source
   * @param {string} target
   * @returns {Crosswalk | undefined}
   */
  function between(source, target) {
    const name = `${source} ${target}`;
    const known = built.get(name);
    const forward = rows.get(name);
    const backward = rows.get(`${target} ${source}`);
    if (known !== undefined || (forward === undefined && backward === undefined)) {
      return known;
    }
    const turned = forward === undefined;
    const row = /** @type {CrosswalkRow} */ (forward ?? backward);
    const { claims, about } = claimsOf(row, turned, text, order);
    const found = {
      source,
      target,
      ways: turned ? row.ways.map((way) => [...way].reverse()) : row.ways,
      omissions: row.omissions,
      coverage: row.coverage[turned ? 1 : 0],
      // Most views need the claims about one element. Those of a large crosswalk take long to build.
      get claims() {
        return claims();
      },
    };
    readers.set(found, about);
    built.set(name, found);
    return found;
  }

  const pairs = page.crosswalks.map((row) => ({ source: row.source, target: row.target, ways: row.ways }));
  return {
    between,
    pairs,
    /**
     * Return the frameworks to which there is a crosswalk from one, in the order of the page.
     *
     * @param {string} source
     */
    from: (source) => [
      ...new Set(
        pairs.flatMap((pair) => (pair.source === source ? [pair.target] : pair.target === source ? [pair.source] : [])),
      ),
    ],
    /**
     * Return the claims about an element and its statements in a crosswalk.
     *
     * @param {Crosswalk} walk
     * @param {string[]} keys
     */
    about: (walk, keys) => [...new Set(keys.flatMap((key) => readers.get(walk)?.(key) ?? []))],
  };
}

/**
 * @param {ClaimRow} row
 * @param {(place: number | null | undefined) => string | null} text
 * @returns {Claim}
 */
function claimOf(row, text) {
  const [source, target, says, saysBack, strength, reverseStrength, confidence, suspect, ...rest] = row;
  const [remainder, reverseRemainder, paths, pathCount, warnings] = rest;
  return {
    source: text(source),
    target: text(target),
    says: text(says) ?? "",
    saysBack: text(saysBack) ?? "",
    strength,
    reverseStrength,
    confidence,
    suspect: suspect === 1,
    remainder: text(remainder),
    reverseRemainder: text(reverseRemainder),
    paths,
    pathCount,
    warnings: (warnings ?? []).map((place) => text(place) ?? ""),
  };
}

/**
 * Return functions that return the claims of a crosswalk, which are built when they are first asked for: all in order,
 * and those about one source in the same order.
 *
 * @param {CrosswalkRow} row
 * @param {boolean} turned - whether it is read from its target
 * @param {(place: number | null | undefined) => string | null} text
 * @param {(key: string) => number} order
 */
function claimsOf(row, turned, text, order) {
  /** @type {Map<ClaimRow, Claim>} */
  const built = new Map();
  /** @type {Claim[] | undefined} */
  let all;
  /** @type {Map<string, ClaimRow[]> | undefined} */
  let index;
  const claim = (/** @type {ClaimRow} */ one) => {
    const known = built.get(one) ?? (turned ? reversed(claimOf(one, text)) : claimOf(one, text));
    built.set(one, known);
    return known;
  };
  const inOrder = (/** @type {ClaimRow[]} */ rows) => {
    const found = rows.map(claim);
    return turned ? found.sort((one, other) => order(one.source ?? "") - order(other.source ?? "")) : found;
  };
  return {
    claims: () => (all ??= inOrder(row.claims)),
    about: (/** @type {string} */ key) => {
      index ??= rowsBySource(row.claims, turned ? 1 : 0, text);
      return inOrder(index.get(key) ?? []);
    },
  };
}

/**
 * Return the rows of claims by each element of a side; a row about several elements together is listed under each.
 *
 * @param {ClaimRow[]} rows
 * @param {0 | 1} side
 * @param {(place: number | null | undefined) => string | null} text
 */
function rowsBySource(rows, side, text) {
  /** @type {Map<string, ClaimRow[]>} */
  const found = new Map();
  for (const row of rows) {
    // Elements that are taken together are joined by this sign.
    for (const key of text(row[side])?.split("|") ?? []) {
      const listed = found.get(key);
      if (listed === undefined) {
        found.set(key, [row]);
      } else {
        listed.push(row);
      }
    }
  }
  return found;
}

/**
 * Return a claim as it reads from its target.
 *
 * @param {Claim} claim
 * @returns {Claim}
 */
function reversed(claim) {
  return {
    ...claim,
    source: claim.target,
    target: claim.source,
    says: claim.saysBack,
    saysBack: claim.says,
    strength: claim.reverseStrength,
    reverseStrength: claim.strength,
    remainder: claim.reverseRemainder,
    reverseRemainder: claim.remainder,
    paths: claim.paths.map((path) => path.map(turnedStep).reverse()),
  };
}

/**
 * @param {StepRow} step
 * @returns {StepRow}
 */
function turnedStep(step) {
  return typeof step === "number" ? ~step : [step[1], step[0], 1 - step[2]];
}
