/** The whole dependency graph of an edition, with filters. */

/** @import { Edition, View } from "../types.js" */
/** @import { Drawn } from "../graph/graph.js" */
/** @import { Model } from "../model.js" */
import { hrefOf, replaceQuery, viewHref } from "../address.js";
import { h } from "../dom.js";
import { drawGraph } from "../graph/graph.js";
import { graphOf } from "../graph/data.js";
import { counted, editionChoice } from "../pieces.js";

/**
 * @param {Model} model
 * @param {Edition} edition
 * @param {URLSearchParams} query
 * @returns {View}
 */
export function graphView(model, edition, query) {
  const data = graphOf(model, edition) ?? { nodes: [], edges: [], groups: [] };
  const place = h("div", { class: "graph" });
  const kinds = model.page.graphs.find((one) => one.edition === edition.key)?.kinds ?? [];
  const roles = model.page.words.roles.filter((role) => data.nodes.some((one) => one.roles.includes(role)));
  const chosen = {
    roles: new Set(query.getAll("role").join(",").split(",").filter(Boolean)),
    kinds: new Set(query.getAll("kind").join(",").split(",").filter(Boolean)),
    phases: new Set(query.getAll("phase").join(",").split(",").filter(Boolean)),
  };
  const asFilter = () => ({ roles: [...chosen.roles], kinds: [...chosen.kinds], phases: [...chosen.phases] });
  /** @type {Drawn | undefined} */
  let drawing;
  const boxes = (
    /** @type {string} */ legend,
    /** @type {string} */ name,
    /** @type {Set<string>} */ set,
    /** @type {[string, string][]} */ values,
  ) =>
    h(
      "fieldset",
      null,
      h("legend", null, legend),
      values.map(([value, label]) => {
        const box = /** @type {HTMLInputElement} */ (h("input", { type: "checkbox", checked: set.has(value), name }));
        box.addEventListener("change", () => {
          set[box.checked ? "add" : "delete"](value);
          replaceQuery({ [name]: [...set].join(",") || null });
          drawing?.filter(asFilter());
        });
        return h("label", null, box, label);
      }),
    );
  return {
    title: "Dependencies",
    nav: "graph",
    nodes: [
      editionChoice(model, edition.key, (key) => viewHref(["graph", key])) ?? h("span"),
      h("h1", null, "Dependencies"),
      h(
        "p",
        { class: "lead" },
        `${counted(data.nodes.length, "provision")} and ${counted(data.edges.length, "dependency", "dependencies")} `,
        `of ${edition.key}. Each line leads from a prerequisite to its dependant. `,
        "Nothing chosen in a group means all of it.",
      ),
      h(
        "div",
        { class: "filters" },
        boxes(
          "Role",
          "role",
          chosen.roles,
          roles.map((one) => [one, one]),
        ),
        boxes(
          "Kind",
          "kind",
          chosen.kinds,
          kinds.map((one) => [one, one]),
        ),
        boxes(
          "Phase",
          "phase",
          chosen.phases,
          edition.phases.map((one) => [one.key, one.title]),
        ),
      ),
      place,
      h(
        "details",
        { class: "printed" },
        h("summary", null, "The same as a list"),
        h(
          "ul",
          { class: "columns" },
          data.nodes.map((one) => h("li", null, h("a", { href: hrefOf(one.key) }, `${one.number} ${one.title}`))),
        ),
      ),
    ],
    // A drawing measures its place, which must be in the page by then.
    shown: () => {
      drawing = drawGraph(place, data, { href: hrefOf });
      drawing.filter(asFilter());
      const focus = query.get("focus");
      if (focus !== null) {
        drawing.focus(focus);
      }
    },
  };
}
