/** Zoom and pan: a camera that shows a part of a drawing through the view box of its SVG. */

/** @typedef {{x: number, y: number, width: number, height: number}} Area */

const STEP = 1.3;
const NEAREST = 300;
const MOMENT = 220;

/**
 * Return a camera for a drawing.
 *
 * Keys, buttons and two fingers zoom; arrows and a pressed pointer pan. The wheel zooms once a person has pressed the
 * drawing, or with Ctrl, so that a page can still be scrolled past it.
 *
 * @param {SVGElement} svg
 * @param {Area} bounds The whole drawing.
 * @param {AbortSignal} signal Ends all listeners.
 * @returns {{fit: () => void, zoom: (factor: number) => void, show: (area: Area) => void}}
 */
export function camera(svg, bounds, signal) {
  /** @type {Area} */
  let view = { ...bounds };
  let active = false;
  let frame = 0;

  /** @param {Area} next */
  function set(next) {
    const width = Math.min(Math.max(next.width, NEAREST), Math.max(bounds.width, bounds.height * ratio()) * 1.05);
    const height = width / ratio();
    view = {
      x: within(next.x + (next.width - width) / 2, bounds.x - width / 2, bounds.x + bounds.width - width / 2),
      y: within(next.y + (next.height - height) / 2, bounds.y - height / 2, bounds.y + bounds.height - height / 2),
      width,
      height,
    };
    svg.setAttribute("viewBox", `${view.x} ${view.y} ${view.width} ${view.height}`);
    // At the start, a finger scrolls the page; on a part of the drawing, it pans.
    svg.classList.toggle("dg-near", view.width < bounds.width * 0.9);
  }

  /** Return the proportions of the place that the drawing has on the page. */
  function ratio() {
    const { clientWidth, clientHeight } = svg;
    return clientWidth > 0 && clientHeight > 0 ? clientWidth / clientHeight : bounds.width / Math.max(bounds.height, 1);
  }

  /**
   * Move to another view in a moment, or at once for people who want no motion.
   *
   * @param {Area} next
   */
  function move(next) {
    cancelAnimationFrame(frame);
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      set(next);
      return;
    }
    const first = { ...view };
    const start = performance.now();
    const step = (/** @type {number} */ now) => {
      const done = Math.min((now - start) / MOMENT, 1);
      const share = 1 - (1 - done) ** 3;
      set({
        x: first.x + (next.x - first.x) * share,
        y: first.y + (next.y - first.y) * share,
        width: first.width + (next.width - first.width) * share,
        height: first.height + (next.height - first.height) * share,
      });
      if (done < 1 && !signal.aborted) {
        frame = requestAnimationFrame(step);
      }
    };
    frame = requestAnimationFrame(step);
  }

  /** Show the whole drawing, or in a place that is higher than wide its whole height. */
  function fit() {
    const whole = ratio() >= 1 ? Math.max(bounds.width, bounds.height * ratio()) : bounds.height * ratio();
    const height = whole / ratio();
    const x = whole < bounds.width ? bounds.x : bounds.x - (whole - bounds.width) / 2;
    set({ x, y: bounds.y - (height - bounds.height) / 2, width: whole, height });
  }

  /**
   * Return the view that is nearer by a factor; the point at these shares of its sides stays where it is.
   *
   * @param {number} factor
   * @param {number} [across]
   * @param {number} [down]
   * @returns {Area}
   */
  function nearer(factor, across = 0.5, down = 0.5) {
    const limit = Math.max(bounds.width, bounds.height * ratio()) * 1.05;
    const width = within(view.width / factor, NEAREST, limit);
    const height = (view.height * width) / view.width;
    return { x: view.x + (view.width - width) * across, y: view.y + (view.height - height) * down, width, height };
  }

  /**
   * @param {{clientX: number, clientY: number}} event
   * @returns {[number, number]}
   */
  function shares(event) {
    const place = svg.getBoundingClientRect();
    return [(event.clientX - place.left) / place.width, (event.clientY - place.top) / place.height];
  }

  /**
   * @param {number} across Shares of the view.
   * @param {number} down
   */
  function pan(across, down) {
    set({ ...view, x: view.x + view.width * across, y: view.y + view.height * down });
  }

  /** @type {Record<string, () => void>} */
  const keys = {
    "+": () => set(nearer(STEP)),
    "=": () => set(nearer(STEP)),
    "-": () => set(nearer(1 / STEP)),
    0: fit,
    ArrowLeft: () => pan(-0.1, 0),
    ArrowRight: () => pan(0.1, 0),
    ArrowUp: () => pan(0, -0.1),
    ArrowDown: () => pan(0, 0.1),
  };
  svg.addEventListener(
    "keydown",
    (event) => {
      const action = keys[event.key];
      if (action !== undefined && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        action();
      }
    },
    { signal },
  );

  svg.addEventListener(
    "wheel",
    (event) => {
      if (active || event.ctrlKey || event.metaKey) {
        event.preventDefault();
        set(nearer(1.0015 ** -event.deltaY, ...shares(event)));
      }
    },
    { signal, passive: false },
  );

  listenToPointers();

  /** Pan with one pressed pointer, and zoom with two; a press that moves is no click. */
  function listenToPointers() {
    /** @type {Map<number, [number, number]>} */
    const down = new Map();
    let moved = 0;
    svg.addEventListener(
      "pointerdown",
      (event) => {
        active = true;
        moved = down.size === 0 ? 0 : moved;
        down.set(event.pointerId, shares(event));
      },
      { signal },
    );
    svg.addEventListener(
      "pointermove",
      (event) => {
        const before = down.get(event.pointerId);
        if (before === undefined) {
          return;
        }
        const now = shares(event);
        const others = [...down].flatMap(([id, point]) => (id === event.pointerId ? [] : [point]));
        down.set(event.pointerId, now);
        const other = others[0];
        if (other === undefined) {
          pan(before[0] - now[0], before[1] - now[1]);
        } else {
          const apart = (/** @type {[number, number]} */ point) => Math.hypot(point[0] - other[0], point[1] - other[1]);
          set(nearer(apart(now) / Math.max(apart(before), 0.01), other[0], other[1]));
        }
        moved += Math.hypot((now[0] - before[0]) * svg.clientWidth, (now[1] - before[1]) * svg.clientHeight);
        // Captured only now, because a captured press is no click on the link below it.
        if (moved > 5) {
          svg.setPointerCapture(event.pointerId);
        }
      },
      { signal },
    );
    for (const name of ["pointerup", "pointercancel"]) {
      svg.addEventListener(name, (event) => down.delete(/** @type {PointerEvent} */ (event).pointerId), { signal });
    }
    svg.addEventListener(
      "pointerleave",
      (event) => {
        active = false;
        down.delete(event.pointerId);
      },
      { signal },
    );
    svg.addEventListener(
      "click",
      (event) => {
        if (moved > 5) {
          event.preventDefault();
        }
      },
      { signal, capture: true },
    );
    // The browser would drag a link instead.
    svg.addEventListener("dragstart", (event) => event.preventDefault(), { signal });
  }

  fit();
  return {
    fit: () => {
      const now = view;
      fit();
      const next = view;
      set(now);
      move(next);
    },
    zoom: (factor) => move(nearer(factor)),
    show: (area) => {
      const width = Math.max(Math.min(view.width, 1600), area.width * 2);
      const height = width / ratio();
      move({ x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height });
    },
  };
}

/**
 * Return the value that is nearest to *value* between two limits.
 *
 * @param {number} value
 * @param {number} low
 * @param {number} high
 * @returns {number}
 */
function within(value, low, high) {
  return Math.min(Math.max(value, low), Math.max(low, high));
}
