/** The parts of a drawing of a dependency graph as elements of SVG: bands, boxes, nodes, lines and a legend. */

/** @import { GraphEdge, GraphNode, Placed, PlacedGroup, Point } from "./places.js" */

const SVG = "http://www.w3.org/2000/svg";
const PAD = 12;
const TYPE = 24;
const LEAD = 27;
const CROWN_LEAD = 33;
const COLUMN_LEAD = 54;

/**
 * For each kind of dependency: the length of its arrowhead, its form, and the width of the line inside it, if any.
 *
 * @type {Record<string, {length: number, arrow: "filled" | "hollow" | "open", core: boolean}>}
 */
const LOOKS = {
  requires: { length: 21, arrow: "filled", core: false },
  refines: { length: 19, arrow: "hollow", core: true },
  refers: { length: 15, arrow: "open", core: false },
  triggers: { length: 17, arrow: "filled", core: false },
  informs: { length: 11, arrow: "filled", core: false },
};

/**
 * Return a new element of SVG with attributes and children; a text becomes a text node.
 *
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 * @param {...(Element | string)} children
 * @returns {SVGElement}
 */
export function shape(name, attributes, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) {
    made.setAttribute(attribute, String(value));
  }
  made.append(...children);
  return /** @type {SVGElement} */ (made);
}

/**
 * Return lines of text, one below the other.
 *
 * @param {string} classes
 * @param {Point} place The start of the first line.
 * @param {string[]} lines
 * @param {number} lead The distance between two lines.
 * @returns {SVGElement}
 */
function text(classes, [x, y], lines, lead) {
  // The blanks between the lines are not seen, but heard and copied.
  const spans = lines.flatMap((line, i) => [...(i > 0 ? [" "] : []), shape("tspan", { x, y: y + i * lead }, line)]);
  return shape("text", { class: classes }, ...spans);
}

/**
 * Return the background and title of a column; *number* chooses its colour.
 *
 * @param {{lines: string[], left: number, right: number}} column
 * @param {{left: number, right: number, top: number, title: number, bottom: number}} room
 *   The room that the background fills, and where the title begins.
 * @param {number} number
 * @returns {SVGElement}
 */
export function band(column, room, number) {
  const middle = (column.left + column.right) / 2;
  const size = { x: room.left, y: room.top, width: room.right - room.left, height: room.bottom - room.top };
  return shape(
    "g",
    { class: `dg-band dg-band-${(number % 5) + 1}` },
    shape("rect", size),
    text("dg-column", [middle, room.title + 62], column.lines, COLUMN_LEAD),
  );
}

/**
 * Return the height of the titles of columns.
 *
 * @param {{lines: string[]}[]} columns
 * @returns {number}
 */
export function titleHeight(columns) {
  return columns.length === 0 ? 0 : 50 + COLUMN_LEAD * Math.max(...columns.map((one) => one.lines.length));
}

/**
 * Return the box of a principle.
 *
 * @param {PlacedGroup} group
 * @returns {SVGElement}
 */
export function box(group) {
  const { x, y, width, height, lines } = group;
  return shape(
    "g",
    { class: "dg-box" },
    shape("rect", { x, y, width, height, rx: 12 }),
    text("dg-crown", [x + 18, y + 38], lines, CROWN_LEAD),
  );
}

/**
 * Return a node, which is a link to its provision.
 *
 * @param {GraphNode & Placed} node
 * @param {string} href
 * @returns {SVGElement}
 */
export function nodeLink(node, href) {
  const { x, y, width, height } = node;
  const name = `${node.number} ${node.title}`;
  const line = y + PAD + TYPE - 3;
  return shape(
    "a",
    { class: node.part ? "dg-node dg-part" : "dg-node", href, "data-key": node.key, "aria-label": name },
    shape("title", {}, name),
    shape("rect", { x, y, width, height, rx: 6 }),
    text("dg-number", [x + PAD, line], [node.number], 0),
    " ",
    text("dg-title", [x + node.room, line], node.lines, LEAD),
  );
}

/**
 * Return a line with its arrowhead; the tooltip has the reason.
 *
 * @param {GraphEdge} edge
 * @param {Point[]} points The Bézier points, of which the last is the tip of the arrow.
 * @param {string} label
 * @returns {SVGElement}
 */
export function lineShape(edge, points, label) {
  const { way, tip } = arrowPaths(points, edge.kind);
  const look = LOOKS[edge.kind] ?? LOOKS["informs"];
  return shape(
    "g",
    { class: `dg-line dg-${edge.kind}` },
    shape("title", {}, label),
    shape("path", { class: "dg-under", d: way }),
    shape("path", { class: "dg-way", d: way }),
    ...(look?.core ? [shape("path", { class: "dg-core", d: way })] : []),
    shape("path", { class: `dg-tip dg-${look?.arrow}`, d: tip }),
  );
}

/**
 * Return the paths of a line and of its arrowhead. The line ends where the arrowhead begins, or it would show through a
 * hollow one.
 *
 * @param {Point[]} points
 * @param {string} kind
 * @returns {{way: string, tip: string}}
 */
function arrowPaths(points, kind) {
  const look = LOOKS[kind] ?? { length: 11, arrow: "filled" };
  const [start, ...rest] = points;
  const last = rest.pop();
  const before = rest.pop();
  if (start === undefined || last === undefined || before === undefined) {
    throw new Error("a line needs at least three points");
  }
  const [x, y] = last;
  const far = Math.max(Math.hypot(x - before[0], y - before[1]), 0.01);
  const dx = ((x - before[0]) / far) * look.length;
  const dy = ((y - before[1]) / far) * look.length;
  const bent = [...rest, [before[0] - dx, before[1] - dy], [x - dx, y - dy]];
  const [wide, high] = [dy * 0.42, dx * 0.42];
  const corners = [`M${x - dx - wide} ${y - dy + high}`, `L${x} ${y}`, `L${x - dx + wide} ${y - dy - high}`];
  return {
    way: `M${start.join(" ")}C${bent.map((point) => point.join(" ")).join(" ")}`,
    tip: corners.join("") + (look.arrow === "open" ? "" : "Z"),
  };
}

/**
 * Return a list that explains the kinds of lines; empty without any.
 *
 * @param {Record<string, string>} kinds The meaning of each kind.
 * @returns {HTMLElement}
 */
export function legend(kinds) {
  const list = document.createElement("ul");
  list.className = "dg-legend";
  for (const [kind, says] of Object.entries(kinds)) {
    const item = document.createElement("li");
    /** @type {Point[]} */
    const points = [[0, 12], [30, 12], [60, 12], [92, 12]];
    const line = lineShape({ from: "", to: "", kind, basis: "", rationale: "" }, points, kind);
    const sample = shape("svg", { viewBox: "0 0 94 24", class: "dg-sample", "aria-hidden": "true" }, line);
    const name = document.createElement("b");
    name.textContent = kind;
    item.append(sample, name, says === "" ? "" : `: ${says}`);
    list.append(item);
  }
  return list;
}
