// Draws a flowchart with one version of Mermaid and prints the texts that a reader sees, as JSON.
//
//   node mermaid_texts.mjs NODE_MODULES NAME_OF_THE_PACKAGE FILE
//
// jsdom stands in for a browser. It has no layout, so every element gets the same size.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [folder, name, file] = process.argv.slice(2);
const { JSDOM } = createRequire(path.join(folder, "x.js"))("jsdom");
const { window } = new JSDOM("<!DOCTYPE html><body></body>", { pretendToBeVisual: true });
globalThis.window = window;
// Names that Mermaid and what it is made of expect everywhere, and that Node does not have or has otherwise.
for (const one of ["document", "navigator", "Element", "HTMLElement", "SVGElement", "Node", "DOMParser", "XMLSerializer",
  "getComputedStyle", "DocumentFragment", "CSSStyleSheet", "NodeFilter", "HTMLTemplateElement", "NamedNodeMap",
  "HTMLFormElement"]) {
  Object.defineProperty(globalThis, one, { value: window[one], configurable: true, writable: true });
}
globalThis.CSS = window.CSS ?? { supports: () => false, escape: (text) => text };
const box = () => ({ x: 0, y: 0, width: 80, height: 20, top: 0, left: 0, right: 80, bottom: 20 });
window.Element.prototype.getBBox = box;
window.Element.prototype.getBoundingClientRect = box;
window.Element.prototype.getComputedTextLength = () => 80;
window.CSSStyleSheet.prototype.replaceSync ??= () => {};

const core = path.join(folder, name, "dist", "mermaid.core.mjs");
const { default: mermaid } = await import(pathToFileURL(core));
mermaid.initialize({ startOnLoad: false, maxEdges: 1000, maxTextSize: 1_000_000 });
const { svg } = await mermaid.render("drawing", readFileSync(file, "utf8"));
const drawn = new JSDOM(svg).window.document;
const texts = (where) => [...new Set([...drawn.querySelectorAll(where)].map((one) => one.textContent.trim()))];
console.log(JSON.stringify({
  groups: texts(".cluster .nodeLabel, .cluster .cluster-label"),
  nodes: texts(".node .nodeLabel, .node .label"),
  title: texts(".flowchartTitleText"),
  version: createRequire(path.join(folder, "x.js"))(path.join(folder, name, "package.json")).version,
}));
process.exit(0);
