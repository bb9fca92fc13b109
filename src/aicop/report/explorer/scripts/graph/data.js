/** The dependency graph of an edition, in the form that drawings take. */

/** @import { Edition } from "../types.js" */
/** @import { GraphData, GraphEdge } from "./places.js" */
/** @import { Model } from "../model.js" */
import { withDrawing } from "./places.js";
import { rolesOf } from "../model.js";

/** @typedef {GraphEdge & {confidence: number | null, suspect: boolean}} Dependency */

/**
 * Return the dependencies of an edition.
 *
 * @param {Model} model
 * @param {Edition} edition
 * @returns {Dependency[]}
 */
export function dependenciesOf(model, edition) {
  const graph = model.page.graphs.find((one) => one.edition === edition.key);
  const key = (/** @type {string} */ number) => `${edition.key}:${number}`;
  return (graph?.edges ?? []).map(([from, to, kind, basis, rationale, confidence, , suspect]) => ({
    from: key(from),
    to: key(to),
    kind,
    basis,
    rationale: model.text(rationale) ?? "",
    confidence,
    suspect: suspect === 1,
  }));
}

/**
 * Return the graph of an edition with the places of its drawing; undefined if the page has none.
 *
 * @param {Model} model
 * @param {Edition} edition
 * @returns {GraphData | undefined}
 */
export function graphOf(model, edition) {
  const drawing = model.page.graphs.find((one) => one.edition === edition.key)?.drawing;
  const nodes = edition.provisions.map((one) => {
    const { key, number, title, principle, phase } = one;
    return { key, number, title, principle, phase, roles: rolesOf(one) };
  });
  return drawing && withDrawing({ nodes, edges: dependenciesOf(model, edition) }, drawing);
}
