/** Draw a dependency graph, whole or around one provision. Nodes are links that the keyboard reaches too. */

/** @import { GraphData, GraphEdge, GraphNode, Placed } from "./places.js" */
import { camera } from "./camera.js";
import { around, course, sized } from "./places.js";
import { band, box, legend, lineShape, nodeLink, shape, titleHeight } from "./shapes.js";

/** @typedef {{roles?: string[], kinds?: string[], phases?: string[]}} Chosen */
/** @typedef {{focus: (key: string) => void, filter: (chosen: Chosen) => void, destroy: () => void}} Drawn */
/** @typedef {{edge: GraphEdge, element: SVGElement}} DrawnLine */

const MARGIN = 40;
const NARROW = 640;
const BEYOND = 20000;

/**
 * Draw a whole graph into an element, which must be on the page, because its size decides how much is shown first.
 *
 * *focus* moves to a provision and marks it; *filter* shows only what matches, where an empty list means all; *destroy*
 * takes the drawing out again.
 *
 * @param {HTMLElement} container
 * @param {GraphData} data
 * @param {{href: (key: string) => string, label?: string}} options
 *   *label* names the drawing for people who do not see it.
 * @returns {Drawn}
 */
export function drawGraph(container, data, options) {
  const ended = new AbortController();
  const nodes = data.nodes.map(sized);
  const places = new Map(nodes.map((node) => [node.key, node]));
  const links = new Map(nodes.map((node) => [node.key, nodeLink(node, options.href(node.key))]));
  const lines = heaviestLast(data).flatMap((edge) => drawnLine(edge, places));
  const bounds = boundsOf(data, nodes);
  const svg = shape(
    "svg",
    {
      class: "dg",
      role: "group",
      tabindex: 0,
      "aria-label": options.label ?? "Dependency graph. Plus and minus zoom, 0 shows all, arrows pan.",
    },
    ...bands(data, bounds),
    ...data.groups.map((group) => box({ ...group, lines: group.lines ?? [group.title] })),
    ...lines.map((line) => line.element),
    ...links.values(),
  );
  const status = document.createElement("p");
  status.className = "dg-status";
  status.setAttribute("role", "status");
  const frame = document.createElement("div");
  frame.className = "dg-frame";
  frame.append(svg);
  container.replaceChildren(frame, legend(kindsOf(data)), status);
  const { fit, zoom, show } = camera(svg, bounds, ended.signal);
  frame.append(
    buttons([
      ["+", "Zoom in", () => zoom(1.5)],
      ["\u2212", "Zoom out", () => zoom(1 / 1.5)],
      ["\u2922", "Show all", fit],
    ]),
  );
  markLines(svg, lines, ended.signal);

  return {
    focus: (key) => {
      const [node, link] = [places.get(key), links.get(key)];
      if (node !== undefined && link !== undefined) {
        show(node);
        for (const other of links.values()) {
          other.classList.toggle("dg-chosen", other === link);
        }
        link.focus({ preventScroll: true });
      }
    },
    filter: (chosen) => {
      status.textContent = filtered(chosen, nodes, links, lines);
    },
    destroy: () => {
      ended.abort();
      container.replaceChildren();
    },
  };
}

/**
 * Draw one provision with what it needs and what it feeds.
 *
 * @param {HTMLElement} container
 * @param {GraphData} data
 * @param {string} key
 * @param {{href: (key: string) => string}} options
 */
export function neighbourhood(container, data, key, options) {
  const { parts, edges, width, height } = around(data, key, { narrow: (container.clientWidth || innerWidth) < NARROW });
  if (edges.length === 0) {
    const none = document.createElement("p");
    none.textContent = "No dependency of this provision is recorded.";
    container.replaceChildren(none);
    return;
  }
  const nodes = parts.flatMap((part) => part.nodes);
  const places = new Map(nodes.map((node) => [node.key, node]));
  const titles = parts.map(({ title, nodes: [first] }) =>
    shape("text", { class: "dg-crown", x: first?.x ?? 0, y: (first?.y ?? 0) - 18 }, title),
  );
  const links = nodes.map((node) => nodeLink(node, options.href(node.key)));
  links.find((link) => link.dataset["key"] === key)?.classList.add("dg-chosen");
  const lines = edges.flatMap((edge) => drawnLine(edge, places));
  const svg = shape(
    "svg",
    {
      class: "dg dg-around",
      role: "group",
      "aria-label": "Provisions around this one",
      viewBox: `-8 0 ${width + 16} ${height + 8}`,
    },
    ...titles,
    ...lines.map((line) => line.element),
    ...links,
  );
  svg.style.maxWidth = `${width * 0.62}px`;
  container.replaceChildren(svg, legend(kindsOf({ ...data, edges })));
}

/**
 * Return the edges with the heaviest kinds last, which are then drawn on top.
 *
 * @param {GraphData} data
 * @returns {GraphEdge[]}
 */
function heaviestLast(data) {
  const order = Object.keys(data.kinds ?? {}).reverse();
  return data.edges.toSorted((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind));
}

/**
 * Return an edge with its line; nothing if one of its ends is not drawn.
 *
 * @param {GraphEdge} edge
 * @param {Map<string, GraphNode & Placed>} places
 * @returns {DrawnLine[]}
 */
function drawnLine(edge, places) {
  const [from, to] = [places.get(edge.from), places.get(edge.to)];
  if (from === undefined || to === undefined) {
    return [];
  }
  const label = `${from.number} \u2192 ${to.number}, ${edge.kind} (${edge.basis}): ${edge.rationale}`;
  return [{ edge, element: lineShape(edge, edge.points ?? course(from, to), label) }];
}

/**
 * Return the area of a whole drawing.
 *
 * @param {GraphData} data
 * @param {(GraphNode & Placed)[]} nodes
 */
function boundsOf(data, nodes) {
  const all = [...nodes, ...data.groups];
  const [left, top] = [Math.min(0, ...all.map((one) => one.x)), Math.min(0, ...all.map((one) => one.y))];
  const right = Math.max(1, ...all.map((one) => one.x + one.width));
  const bottom = Math.max(1, ...all.map((one) => one.y + one.height));
  const head = titleHeight(data.columns ?? []);
  return {
    x: left - MARGIN,
    y: top - head - MARGIN,
    width: right - left + 2 * MARGIN,
    height: bottom - top + head + 2 * MARGIN,
  };
}

/**
 * Return the backgrounds of the columns; two of them meet in the middle between their boxes. They go on beyond the
 * drawing, because its place on the page has other proportions.
 *
 * @param {GraphData} data
 * @param {{x: number, y: number, width: number, height: number}} bounds
 * @returns {SVGElement[]}
 */
function bands(data, bounds) {
  const columns = data.columns ?? [];
  const cuts = columns.slice(1).map((one, i) => (one.left + (columns[i]?.right ?? one.left)) / 2);
  return columns.map((column, i) => {
    const [left, right] = [cuts[i - 1] ?? bounds.x - BEYOND, cuts[i] ?? bounds.x + bounds.width + BEYOND];
    return band(
      column,
      { left, right, top: bounds.y - BEYOND, title: bounds.y, bottom: bounds.y + bounds.height + BEYOND },
      i,
    );
  });
}

/**
 * Return the kinds that occur with their meanings.
 *
 * @param {GraphData} data
 * @returns {Record<string, string>}
 */
function kindsOf(data) {
  const found = new Set(data.edges.map((edge) => edge.kind));
  const known = Object.entries(data.kinds ?? {}).filter(([kind]) => found.has(kind));
  const rest = [...found].filter((kind) => !known.some(([one]) => one === kind)).map((kind) => [kind, ""]);
  return Object.fromEntries([...known, ...rest]);
}

/**
 * Let the lines of the node under the pointer, or with the focus, stand out.
 *
 * @param {SVGElement} svg
 * @param {DrawnLine[]} lines
 * @param {AbortSignal} signal
 */
function markLines(svg, lines, signal) {
  const mark = (/** @type {Event} */ event) => {
    const target = event.target instanceof Element ? event.target.closest(".dg-node") : null;
    const key = target instanceof SVGElement ? target.dataset["key"] : undefined;
    svg.classList.toggle("dg-marked", key !== undefined);
    for (const { edge, element } of lines) {
      element.classList.toggle("dg-on", edge.from === key || edge.to === key);
    }
  };
  for (const name of ["pointerover", "focusin", "pointerleave", "focusout"]) {
    svg.addEventListener(name, mark, { signal });
  }
}

/**
 * Hide what does not match, and return a sentence with the counts.
 *
 * @param {Chosen} chosen
 * @param {(GraphNode & Placed)[]} nodes
 * @param {Map<string, SVGElement>} links
 * @param {DrawnLine[]} lines
 * @returns {string}
 */
function filtered({ roles = [], kinds = [], phases = [] }, nodes, links, lines) {
  const kept = new Set(
    nodes
      .filter((node) => roles.length === 0 || node.roles.some((role) => roles.includes(role)))
      .filter((node) => phases.length === 0 || phases.includes(node.phase))
      .map((node) => node.key),
  );
  for (const [key, link] of links) {
    link.classList.toggle("dg-off", !kept.has(key));
  }
  let shown = 0;
  for (const { edge, element } of lines) {
    const matches = kept.has(edge.from) && kept.has(edge.to) && (kinds.length === 0 || kinds.includes(edge.kind));
    element.classList.toggle("dg-off", !matches);
    shown += matches ? 1 : 0;
  }
  return `${kept.size} of ${nodes.length} provisions and ${shown} of ${lines.length} dependencies are shown.`;
}

/**
 * Return buttons, each with a sign, a name and an action.
 *
 * @param {[string, string, () => void][]} wanted
 * @returns {HTMLElement}
 */
function buttons(wanted) {
  const bar = document.createElement("div");
  bar.className = "dg-buttons no-print";
  for (const [sign, name, action] of wanted) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = sign;
    button.title = name;
    button.setAttribute("aria-label", name);
    button.addEventListener("click", action);
    bar.append(button);
  }
  return bar;
}
