/** The shell of the page: it reads the data, shows the view that the address asks for, and searches. */

/** @import { Page, View } from "./types.js" */
import { hrefOf, placeOf, viewHref } from "./address.js";
import { byId, h } from "./dom.js";
import { readModel } from "./model.js";
import { connectPrinting } from "./printing.js";
import { createSearch } from "./search/search.js";
import { crosswalkView, crosswalksView } from "./views/crosswalk.js";
import { editionOf, editionView, phaseView, principleView } from "./views/code.js";
import { elementView, frameworkView, frameworksView, searchView } from "./views/frameworks.js";
import { graphView } from "./views/graph.js";
import { compareView, knownView, matrixView } from "./views/lists.js";
import { mappingsOf } from "./views/mappings.js";
import { provisionView } from "./views/provision.js";
import { roleView } from "./views/role.js";
import { statusView } from "./views/status.js";

const model = readModel(/** @type {Page} */ (JSON.parse(byId("data").textContent ?? "")));
const LIMIT = 100;
const SUGGESTED = 8;

/** @type {ReturnType<typeof createSearch> | undefined} */
let index;

/**
 * Search, with an index that is read when somebody first searches.
 *
 * @param {string} text
 * @param {number} limit
 */
function find(text, limit) {
  index ??= createSearch(model.page.search);
  return text.trim() === "" ? [] : index.find(text, limit);
}

/**
 * Return the view that an address asks for.
 *
 * @param {string} hash
 * @returns {View}
 */
function viewOf(hash) {
  const place = placeOf(hash);
  const item = model.items.get(place.path);
  if (item !== undefined) {
    return itemView(item.key, place.query);
  }
  const [name = "", one, other] = place.parts;
  const edition = editionOf(model, place);
  if (name === "search") {
    const text = place.query.get("q") ?? "";
    return searchView(model, text, find(text, LIMIT));
  }
  if (name === "crosswalks") {
    return crosswalksView(model);
  }
  if (name === "crosswalk") {
    const walk = model.crosswalks.between(one ?? "", other ?? "");
    return walk === undefined ? missing(place.path) : crosswalkView(model, walk, place.query);
  }
  if (name === "frameworks") {
    return frameworksView(model);
  }
  if (name === "known") {
    return knownView(model);
  }
  if (name === "compare") {
    return compareView(model, one, other, place.query);
  }
  if (name === "status") {
    const about = model.page.assessments.find((system) => system.system === one) ?? model.page.assessments[0];
    return about === undefined ? missing(place.path) : statusView(model, about);
  }
  if (edition === undefined) {
    return name === "" ? frameworksView(model) : missing(place.path);
  }
  if (name === "") {
    return editionView(model, edition);
  }
  if (name === "matrix") {
    return matrixView(model, edition, place.query);
  }
  if (name === "graph") {
    return graphView(model, edition, place.query);
  }
  if (name === "roles") {
    return roleView(model, edition, model.page.words.roles[0] ?? "", null);
  }
  return missing(place.path);
}

/**
 * @param {string} key
 * @param {URLSearchParams} query
 * @returns {View}
 */
function itemView(key, query) {
  const item = model.items.get(key);
  switch (item?.kind) {
    case "edition":
      return editionView(model, item.edition);
    case "phase":
      return phaseView(item.edition, item.phase);
    case "principle":
      return principleView(model, item.edition, item.principle, mappingsOf(model, key, []));
    case "provision":
      return provisionView(model, item.edition, item.provision, undefined);
    case "statement":
      return provisionView(model, item.edition, item.provision, key);
    case "role":
      return roleView(model, item.edition, item.role, query.get("system"));
    case "framework":
      return frameworkView(model, item.framework);
    case "element":
      return elementView(model, item);
    default:
      return missing(key);
  }
}

/**
 * @param {string} path
 * @returns {View}
 */
function missing(path) {
  return {
    title: "Not on this page",
    nav: "",
    nodes: [
      h("h1", null, "Not on this page"),
      h("p", null, "This page has nothing at the address ", h("code", null, path), "."),
      h(
        "ul",
        null,
        find(path, SUGGESTED).map((hit) => h("li", null, h("a", { href: hrefOf(hit.key) }, `${hit.key} ${hit.title}`))),
      ),
    ],
  };
}

/** @type {Map<string, number>} */
const depths = new Map();
let current = "";
let isFirst = true;
let byLink = true;

/** Show the view that the address asks for. */
function show() {
  depths.set(current, scrollY);
  current = location.hash;
  const view = viewOf(current);
  const main = byId("main");
  main.replaceChildren(...view.nodes);
  document.title = `${view.title} \u2013 aicop explorer`;
  for (const link of document.querySelectorAll("#nav a")) {
    const isHere = /** @type {HTMLElement} */ (link).dataset["nav"] === view.nav;
    link.toggleAttribute("aria-current", isHere);
    if (isHere) {
      link.setAttribute("aria-current", "page");
      // On a phone the row of links is wider than the screen.
      const bar = byId("nav");
      bar.scrollLeft += link.getBoundingClientRect().left - bar.getBoundingClientRect().left - bar.clientWidth / 3;
    }
  }
  view.shown?.();
  const heading = main.querySelector("h1");
  heading?.setAttribute("tabindex", "-1");
  if (!isFirst) {
    heading?.focus({ preventScroll: true });
  }
  const anchor = view.anchor === undefined ? null : document.getElementById(view.anchor);
  if (anchor !== null) {
    anchor.scrollIntoView({ block: "center" });
  } else {
    scrollTo(0, byLink ? 0 : (depths.get(current) ?? 0));
  }
  isFirst = false;
  byLink = false;
}

/** Connect the field for searching: suggestions while typing, results with Enter, and `/` to reach it. */
function connectSearch() {
  const field = /** @type {HTMLInputElement} */ (byId("search"));
  const list = byId("suggestions");
  let chosen = -1;
  const close = () => {
    list.replaceChildren();
    list.hidden = true;
    chosen = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const mark = () => {
    for (const [place, one] of [...list.children].entries()) {
      one.setAttribute("aria-selected", String(place === chosen));
    }
    if (chosen < 0) {
      field.removeAttribute("aria-activedescendant");
    } else {
      field.setAttribute("aria-activedescendant", `suggestion-${chosen}`);
    }
  };
  field.addEventListener("input", () => {
    const hits = find(field.value, SUGGESTED);
    list.replaceChildren(
      ...hits.map((hit, place) => {
        const option = h(
          "li",
          { id: `suggestion-${place}`, role: "option", "aria-selected": "false" },
          h("span", { class: "key" }, hit.key),
          " ",
          hit.title,
        );
        option.dataset["key"] = hit.key;
        option.addEventListener("pointerdown", (event) => {
          event.preventDefault();
          go(hrefOf(hit.key));
          close();
        });
        return option;
      }),
    );
    list.hidden = hits.length === 0;
    chosen = -1;
    field.setAttribute("aria-expanded", String(hits.length > 0));
    mark();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const count = list.children.length;
      chosen = event.key === "ArrowDown" ? Math.min(chosen + 1, count - 1) : Math.max(chosen - 1, -1);
      mark();
    } else if (event.key === "Escape" && !list.hidden) {
      // The field itself would be emptied.
      event.preventDefault();
      close();
    } else if (event.key === "Enter") {
      event.preventDefault();
      const key = /** @type {HTMLElement | undefined} */ (list.children[chosen])?.dataset["key"];
      go(key === undefined ? viewHref(["search"], { q: field.value.trim() }) : hrefOf(key));
      close();
    }
  });
  field.addEventListener("blur", close);
  addEventListener("keydown", (event) => {
    const isTyping = event.target instanceof HTMLElement && event.target.matches("input, select, textarea");
    if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      field.focus();
      field.select();
    }
  });
}

/**
 * Go to an address within the page.
 *
 * @param {string} href
 */
function go(href) {
  byLink = true;
  location.hash = href;
}

addEventListener("click", (event) => {
  byLink ||= event.target instanceof Element && event.target.closest("a") !== null;
});
// An address of its own would be that of a view.
byId("skip").addEventListener("click", (event) => {
  event.preventDefault();
  byId("main").focus();
});
addEventListener("hashchange", show);
if (model.page.assessments.length === 0) {
  byId("status-link").remove();
}
byId("digest").textContent = model.page.digest.slice(0, 12);
byId("left-out").textContent = model.page.left_out.length === 0 ? "" : ` Left out: ${model.page.left_out.join("; ")}.`;
connectSearch();
connectPrinting();
show();
