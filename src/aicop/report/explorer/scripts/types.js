/**
 * The types of what a page holds. Type checkers read this file; it is no part of the page.
 *
 * Python writes the data (`aicop.report.explorer_data`), so that a change there is a change here.
 *
 * @typedef {string | number | Node | null | undefined | false} Leaf
 * @typedef {Leaf | readonly Child[]} Child
 *
 * @typedef {{observation: string, reading: string, reason: string, erratum: boolean}} Annotation
 * @typedef {{document: string, locator: string, grade: string, note?: string | null}} Source
 * @typedef {{role: string | null, party: string, capacity: string, attribution: string}} Counterparty
 *
 * @typedef {object} Statement
 * @property {string} key
 * @property {string} modality
 * @property {string[]} duty_holders
 * @property {string} who
 * @property {string} attribution
 * @property {string | null} as_printed
 * @property {Counterparty[]} counterparties
 * @property {string | null} condition
 * @property {string} action
 * @property {{kind: string, text: string}[]} remarks
 * @property {string} digest
 * @property {string} blank The digest of an empty row of verdicts.csv.
 *
 * @typedef {object} Provision
 * @property {string} key
 * @property {string} number
 * @property {string} title
 * @property {string} principle
 * @property {string} phase
 * @property {string | null} parent
 * @property {Statement[]} statements
 * @property {{clause: string, principle: string, purpose: string, annotations: Annotation[]}[]} pointers
 * @property {number | null} guidance
 * @property {Source} source
 * @property {Annotation[]} annotations
 *
 * @typedef {object} Principle
 * @property {string} key
 * @property {string} number
 * @property {string} title
 * @property {string} phase
 * @property {string | null} clause
 * @property {string[] | null} applies_to
 * @property {string | null} preamble
 * @property {{printed: string, document: string, key: string | null}[]} citations
 * @property {string[]} provisions
 * @property {Source} source
 * @property {Annotation[]} annotations
 *
 * @typedef {{key: string, title: string, clause: string | null}} Phase
 * @typedef {{role: string, definition: string, ai_act_roles: {role: string, condition: string | null}[]}} Stakeholder
 *
 * @typedef {object} Edition
 * @property {string} key
 * @property {string} title
 * @property {string} publisher
 * @property {string} status
 * @property {string | null} published
 * @property {string | null} checked
 * @property {string | null} force
 * @property {string | null} address
 * @property {string | null} licence
 * @property {Source} source
 * @property {Annotation[]} annotations
 * @property {Phase[]} phases
 * @property {Principle[]} principles
 * @property {Provision[]} provisions
 * @property {{statement: string, source: Source}[]} scope
 * @property {Stakeholder[]} stakeholders
 * @property {{name: string, definition: string | null}[]} terms
 *
 * @typedef {object} Measure
 * @property {string} heading
 * @property {string} kind
 * @property {string} summary
 * @property {string[]} scenarios
 * @property {{scenario: string, reason: string | null}[]} not_applicable
 * @property {string | null} fits
 *
 * @typedef {object} Guide
 * @property {string} number
 * @property {number[]} pages
 * @property {string[]} threats
 * @property {string} threat_summary
 * @property {Measure[]} measures
 * @property {{document: string, title: string, publisher: string | null, locator: string | null}[]} references
 * @property {string | null} threats_from
 * @property {string | null} measures_from
 * @property {string | null} references_from
 * @property {Source} source
 *
 * @typedef {[
 *   string | null, string | null, string[], string, number | null, number | null, number | null, number | null,
 * ]} LineageRow
 * @typedef {object} Lineage
 * @property {string} old
 * @property {string} new
 * @property {LineageRow[]} rows
 * @property {{rows: number, changed: number, review: number}} counts
 *
 * @typedef {[string, string, string, string, number, number | null, string[], number]} GraphEdge
 * @typedef {{
 *   provision: string, produces: string[], maintains: string[], uses: string[],
 *   passes: {artefact: string, giver: string, receiver: string}[],
 * }} Flow
 * @typedef {{
 *   edition: string, kinds: string[], edges: GraphEdge[], flows: Flow[],
 *   drawing: import("./graph/places.js").Drawing,
 * }} Graph
 * @typedef {{
 *   key: string, title: string, kind: string, definition: string, evidence: string[], external: boolean,
 * }} Artefact
 * @typedef {{key: string, title: string, kind: string, definition: string}} Threat
 *
 * @typedef {[string, string | null, number, number, string | null, string | null, string | null, number]} ElementRow
 * @typedef {object} Framework
 * @property {string} key
 * @property {string} title
 * @property {string | null} publisher
 * @property {string | null} published
 * @property {string} status
 * @property {string | null} checked
 * @property {string | null} licence
 * @property {string | null} licence_class
 * @property {string | null} address
 * @property {boolean} ids_official
 * @property {string} titles
 * @property {boolean} complete
 * @property {string | null} note
 * @property {Source | null} source
 * @property {ElementRow[]} elements
 *
 * @typedef {[
 *   number | null, string, number | null, number | null, number | null, number | null, string, string | null,
 *   string | null, number | null, number | null, number | null, number | null, number | null, number | null,
 * ]} MappingRow
 * @typedef {number | [number, number, number]} StepRow
 * @typedef {[
 *   number | null, number | null, number, number, number | null, number | null, number | null, number, number | null,
 *   number | null, StepRow[][], number, number[]?,
 * ]} ClaimRow
 * @typedef {{denominator: string, counts: Record<string, number>, contradictory: number}} Coverage
 * @typedef {{
 *   source: string, target: string, ways: string[][], claims: ClaimRow[], omissions: string[],
 *   coverage: [Coverage, Coverage],
 * }} CrosswalkRow
 *
 * @typedef {object} MappingSet
 * @property {string} name
 * @property {string} source
 * @property {string} target
 * @property {string} title
 * @property {string | null} author
 * @property {string} basis
 * @property {string | null} date
 * @property {string | null} licence
 * @property {string | null} note
 * @property {string | null} method
 * @property {number} rows
 * @property {Record<string, number>} confidence
 * @property {Record<string, number>} knowledge
 * @property {Record<string, number>} strength
 * @property {number} settled
 *
 * @typedef {{
 *   key: string, title: string, shall: string | null, should: string | null, statements: number, in_scope: number,
 *   counts: Record<string, number>,
 * }} Unit
 * @typedef {{
 *   key: string, state: string, open: boolean, roles: string[], inherited_from: string | null, reasons: string[],
 *   flags: string[],
 * }} StatementState
 * @typedef {Record<string, string>} VerdictCells
 * @typedef {object} NextStep
 * @property {string} key
 * @property {string} title
 * @property {string} action
 * @property {string} modality
 * @property {string} state
 * @property {string[]} reasons
 * @property {string[]} flags
 * @property {string[]} roles
 * @property {string | null} owner
 * @property {string | null} due
 * @property {string[]} waits_for
 * @property {string[]} blocks
 * @property {string[]} artefacts
 * @typedef {{
 *   id: string, kind: string | null, title: string, location: string | null, collected: string | null,
 *   valid_until: string | null, artefact: string | null, note: string | null, file: string,
 * }} Evidence
 * @typedef {object} Assessment
 * @property {string} system
 * @property {string | null} title
 * @property {string | null} owner
 * @property {string | null} unit
 * @property {string} edition
 * @property {string[]} roles
 * @property {string} on
 * @property {Record<string, Unit[]>} status
 * @property {StatementState[]} states
 * @property {VerdictCells[]} rows
 * @property {NextStep[]} steps
 * @property {Evidence[] | null} evidence
 *
 * @typedef {{edition: string, roles: string[], rows: {key: string, words: string[][], others: string[]}[]}} Matrix
 *
 * @typedef {object} Page
 * @property {string} version
 * @property {string} digest
 * @property {string[]} left_out
 * @property {{
 *   bands: string[], band_of: (string | null)[], coverage: string[], modalities: string[], roles: string[],
 *   states: string[], flags: string[],
 * }} words
 * @property {Edition[]} editions
 * @property {Lineage[]} lineages
 * @property {Graph[]} graphs
 * @property {Matrix[]} matrices
 * @property {Record<string, Artefact>} artefacts
 * @property {Record<string, Threat>} threats
 * @property {Framework[]} frameworks
 * @property {CrosswalkRow[]} crosswalks
 * @property {(MappingSet | null)[]} sets
 * @property {Assessment[]} assessments
 * @property {Guide[]} guides
 * @property {MappingRow[]} mappings
 * @property {Record<string, string>} readings
 * @property {string[]} texts
 * @property {import("./search/search.js").SearchIndex} search
 *
 * @typedef {object} Element
 * @property {string} key
 * @property {string} local
 * @property {string} framework
 * @property {string | null} parent
 * @property {string} kind
 * @property {string} nature
 * @property {string | null} title
 * @property {string | null} words
 * @property {string | null} amended
 * @property {boolean} withdrawn
 *
 * @typedef {object} Mapping
 * @property {string | null} source
 * @property {string} predicate
 * @property {string | null} target
 * @property {number | null} strength
 * @property {number | null} reverseStrength
 * @property {number | null} confidence
 * @property {string} basis
 * @property {string | null} date
 * @property {string | null} knowledge
 * @property {MappingSet | null} set
 * @property {string | null} rationale
 * @property {string | null} remainder
 * @property {string | null} reverseRemainder
 * @property {string | null} author
 * @property {string | null} settlement
 *
 * @typedef {{mapping: Mapping, inverted: boolean} | {part: string, whole: string}} Step
 *
 * @typedef {object} Claim
 * @property {string | null} source
 * @property {string | null} target
 * @property {string} says
 * @property {string} saysBack
 * @property {number | null} strength
 * @property {number | null} reverseStrength
 * @property {number | null} confidence
 * @property {boolean} suspect
 * @property {string | null} remainder
 * @property {string | null} reverseRemainder
 * @property {StepRow[][]} paths
 * @property {number} pathCount
 * @property {string[]} warnings
 *
 * @typedef {object} Crosswalk
 * @property {string} source
 * @property {string} target
 * @property {string[][]} ways
 * @property {string[]} omissions
 * @property {Coverage} coverage
 * @property {Claim[]} claims
 *
 * @typedef {{kind: "edition", key: string, title: string, edition: Edition}
 *   | {kind: "phase", key: string, title: string, edition: Edition, phase: Phase}
 *   | {kind: "principle", key: string, title: string, edition: Edition, principle: Principle}
 *   | {kind: "provision", key: string, title: string, edition: Edition, provision: Provision}
 *   | {kind: "statement", key: string, title: string, edition: Edition, provision: Provision, statement: Statement}
 *   | {kind: "role", key: string, title: string, edition: Edition, role: string}
 *   | {kind: "framework", key: string, title: string, framework: Framework}
 *   | {kind: "element", key: string, title: string, framework: Framework, element: Element}} Item
 *
 * @typedef {object} Place
 * @property {string} path The part before the question mark, decoded.
 * @property {string[]} parts The path at its slashes, each part decoded.
 * @property {URLSearchParams} query
 *
 * @typedef {{title: string, nav: string, nodes: Node[], anchor?: string | undefined, shown?: () => void}} View
 */

export {};
