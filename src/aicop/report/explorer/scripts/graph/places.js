/** Where the nodes and lines of a graph are drawn: as the page's data says, or around one provision. */

/**
 * @typedef {object} GraphNode
 * @property {string} key
 * @property {string} number
 * @property {string} title
 * @property {string} principle
 * @property {string} phase
 * @property {string[]} roles
 * @property {number} x
 * @property {number} y
 *
 * @typedef {object} Placed What a drawing knows of a node besides.
 * @property {number} width
 * @property {number} height
 * @property {number} room The room for its number.
 * @property {boolean} part Whether it is a sub-provision, with a thinner border.
 * @property {string[]} lines The lines of its title.
 *
 * @typedef {[number, number]} Point
 * @typedef {{from: string, to: string, kind: string, basis: string, rationale: string, points?: Point[]}} GraphEdge
 * @typedef {{title: string, phase: string, x: number, y: number, width: number, height: number}} GraphGroup
 * @typedef {GraphGroup & {lines: string[]}} PlacedGroup
 * @typedef {{lines: string[], left: number, right: number}} GraphColumn
 *
 * @typedef {object} GraphData
 * @property {(GraphNode & Partial<Placed>)[]} nodes In printed order.
 * @property {GraphEdge[]} edges
 * @property {(GraphGroup & {lines?: string[]})[]} groups The boxes of principles.
 * @property {GraphColumn[]} [columns]
 * @property {Record<string, string>} [kinds] The meaning of each kind of line, the heaviest first.
 *
 * @typedef {object} Drawing What `aicop.report.drawing_data` writes.
 * @property {number} width
 * @property {number} height
 * @property {GraphColumn[]} columns
 * @property {PlacedGroup[]} groups
 * @property {Record<string, Placed & {x: number, y: number}>} nodes By number.
 * @property {[string, string, string, string][]} lines From, to, kind, and points such as "1,2 3,4".
 * @property {Record<string, string>} kinds
 */

const WIDE = 380;
const NUMBER_WIDTH = 18;
const LETTER_WIDTH = 14.5;
const LEAD = 27;
const PAD = 12;

/**
 * Return a graph with the places of a drawing. Nodes and edges keep their order and whatever else they have.
 *
 * @template {Omit<GraphNode, "x" | "y">} N
 * @template {GraphEdge} E
 * @param {{nodes: N[], edges: E[]}} graph
 * @param {Drawing} drawing
 * @returns {Omit<GraphData, "nodes" | "edges"> & {nodes: (N & GraphNode & Partial<Placed>)[], edges: E[]}}
 */
export function withDrawing(graph, drawing) {
  const number = new Map(graph.nodes.map((node) => [node.key, node.number]));
  const ways = new Map(drawing.lines.map(([from, to, kind, points]) => [`${from} ${to} ${kind}`, points]));
  const edges = graph.edges.map((edge) => {
    const points = ways.get(`${number.get(edge.from)} ${number.get(edge.to)} ${edge.kind}`);
    return points === undefined ? edge : { ...edge, points: points.split(" ").map(point) };
  });
  const { columns, groups, kinds } = drawing;
  const nodes = graph.nodes.map((node) => ({ x: 0, y: 0, ...node, ...drawing.nodes[node.number] }));
  return { nodes, edges, groups, columns, kinds };
}

/**
 * @param {string} written
 * @returns {Point}
 */
function point(written) {
  const [x, y] = written.split(",");
  return [Number(x), Number(y)];
}

/**
 * Return a node with a size and the lines of its title; both stay as they are if it has them.
 *
 * @param {GraphNode & Partial<Placed>} node
 * @returns {GraphNode & Placed}
 */
export function sized(node) {
  if (node.lines !== undefined) {
    return /** @type {GraphNode & Placed} */ (node);
  }
  const room = Math.max(70, node.number.length * NUMBER_WIDTH + 2 * PAD);
  const lines = wrapped(node.title, (WIDE - room - PAD) / LETTER_WIDTH);
  return { ...node, room, lines, part: false, width: WIDE, height: lines.length * LEAD + 2 * PAD };
}

/**
 * Return a text in lines of at most so many letters; a longer word has a line of its own.
 *
 * @param {string} text
 * @param {number} letters
 * @returns {string[]}
 */
export function wrapped(text, letters) {
  /** @type {string[]} */
  const lines = [];
  for (const word of text.split(/\s+/u)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < letters) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}

/**
 * Return the Bézier points of a line from the side of one node to the facing side of another.
 *
 * @param {GraphNode & Placed} from
 * @param {GraphNode & Placed} to
 * @param {number} [share] How far a line between nodes above each other bends out, from 0 to 1.
 * @returns {Point[]}
 */
export function course(from, to, share = 0.5) {
  const [y, endY] = [from.y + from.height / 2, to.y + to.height / 2];
  if (from.x + from.width <= to.x) {
    return curve([from.x + from.width, y], [to.x, endY]);
  }
  if (to.x + to.width <= from.x) {
    return curve([from.x, y], [to.x + to.width, endY]);
  }
  // One above the other: the line leaves and arrives on the right.
  const [x, endX] = [from.x + from.width, to.x + to.width];
  const bend = Math.max(x, endX) + 25 + 70 * share;
  return [[x, y], [bend, y], [bend, endY], [endX, endY]];
}

/**
 * Return a curve that leaves and arrives horizontally.
 *
 * @param {Point} start
 * @param {Point} end
 * @returns {Point[]}
 */
function curve([x, y], [endX, endY]) {
  const middle = (x + endX) / 2;
  return [[x, y], [middle, y], [middle, endY], [endX, endY]];
}

/** @typedef {{title: string, nodes: (GraphNode & Placed)[]}} Part */

const TITLE = 50;
const GAP = 18;
const APART = 170;

/**
 * Return the nodes around one provision with places: what it needs, the provision itself, and what it feeds. They stand
 * from left to right, or from top to bottom in a narrow place. A provision that it needs and feeds stands once, with
 * what it needs.
 *
 * @param {GraphData} data
 * @param {string} key
 * @param {{narrow: boolean}} options
 * @returns {{parts: Part[], edges: (GraphEdge & {points: Point[]})[], width: number, height: number}}
 */
export function around(data, key, { narrow }) {
  const edges = data.edges.filter((edge) => (edge.from === key) !== (edge.to === key));
  const before = new Set(edges.map((edge) => edge.from).filter((one) => one !== key));
  const after = new Set(edges.map((edge) => edge.to).filter((one) => one !== key && !before.has(one)));
  const chosen = [
    { title: "Needs", nodes: data.nodes.filter((node) => before.has(node.key)) },
    { title: "This provision", nodes: data.nodes.filter((node) => node.key === key) },
    { title: "Feeds", nodes: data.nodes.filter((node) => after.has(node.key)) },
  ];
  const filled = chosen.filter((part) => part.nodes.length > 0);
  const ready = filled.map((one) => ({ ...one, nodes: one.nodes.map(resized) }));
  const { parts, ...size } = (narrow ? stacked : sideBySide)(ready);
  return { parts, edges: spread(edges, key, parts), ...size };
}

/**
 * Return a node with the usual width, whatever it has in another drawing.
 *
 * @param {GraphNode & Partial<Placed>} node
 * @returns {GraphNode & Placed}
 */
function resized({ key, number, title, principle, phase, roles }) {
  return sized({ key, number, title, principle, phase, roles, x: 0, y: 0 });
}

/**
 * Return nodes one below the other, and the end of the last.
 *
 * @param {(GraphNode & Placed)[]} nodes
 * @param {number} x
 * @param {number} top
 * @returns {{nodes: (GraphNode & Placed)[], end: number}}
 */
function column(nodes, x, top) {
  let end = top - GAP;
  const placed = nodes.map((node) => {
    const y = end + GAP;
    end = y + node.height;
    return { ...node, x, y };
  });
  return { nodes: placed, end };
}

/**
 * @param {Part[]} parts
 * @returns {{parts: Part[], width: number, height: number}}
 */
function sideBySide(parts) {
  const ends = parts.map((part) => column(part.nodes, 0, TITLE).end);
  const height = Math.max(0, ...ends);
  const placed = parts.map((part, i) => {
    const top = TITLE + (height - (ends[i] ?? 0)) / 2;
    return { ...part, nodes: column(part.nodes, i * (WIDE + APART), top).nodes };
  });
  return { parts: placed, width: parts.length * (WIDE + APART) - APART, height };
}

/**
 * @param {Part[]} parts
 * @returns {{parts: Part[], width: number, height: number}}
 */
function stacked(parts) {
  let height = -GAP;
  const placed = parts.map((part) => {
    const { nodes, end } = column(part.nodes, 0, height + GAP + TITLE);
    height = end;
    return { ...part, nodes };
  });
  return { parts: placed, width: WIDE + 90, height };
}

/**
 * Return the edges around a provision with their points. They meet the provision at different heights, in the order of
 * the other ends.
 *
 * @param {GraphEdge[]} edges
 * @param {string} key
 * @param {Part[]} parts
 * @returns {(GraphEdge & {points: Point[]})[]}
 */
function spread(edges, key, parts) {
  const places = new Map(parts.flatMap((part) => part.nodes.map((node) => [node.key, node])));
  const middle = places.get(key);
  /** @type {(edge: GraphEdge) => (GraphNode & Placed) | undefined} */
  const other = (edge) => places.get(edge.from === key ? edge.to : edge.from);
  const sides = [
    edges.filter((edge) => (other(edge)?.x ?? 0) < (middle?.x ?? 0)),
    edges.filter((edge) => (other(edge)?.x ?? 0) >= (middle?.x ?? 0)),
  ];
  return sides.flatMap((side) =>
    side
      .toSorted((one, two) => (other(one)?.y ?? 0) - (other(two)?.y ?? 0))
      .flatMap((edge, i) => {
        const end = other(edge);
        if (middle === undefined || end === undefined) {
          return [];
        }
        const share = (i + 1) / (side.length + 1);
        const narrowed = { ...middle, y: middle.y + middle.height * share, height: 0 };
        const points = edge.to === key ? course(end, narrowed, share) : course(narrowed, end, share);
        return [{ ...edge, points }];
      }),
  );
}
