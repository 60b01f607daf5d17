// The element of the simulator: its program is loaded once a page, when a figure comes near.
// Without it, or when it fails, the static figure inside the element stays as it is.

import { guarded, hasStopped, stop } from "@asset:js/simulator-boundary.js@";
import { listenToKeys } from "@asset:js/simulator-keys.js@";
import { write } from "@asset:js/simulator-parts.js@";
import { copy, full, refuseNumbers, save, savePicture, showMarked, showMoment, takeFiles,
  withStyles } from "@asset:js/simulator-shell.js@";
import { giveVoice } from "@asset:js/simulator-voice.js@";

// From a disk, the offline edition runs modules in a way of its own.
const load = globalThis.offline?.module ?? ((address) => import(address));
const programs = new Map();
const ahead = new Set();
let engine;

/** The program, loaded and started once for each of its addresses. */
function program(module, wasm) {
  if (!programs.has(module)) {
    // Asked for at once, not first when the module has arrived that runs it.
    const response = fetch(wasm);
    response.catch(() => {});
    const started = load(module).then(async (loaded) => {
      await loaded.default({ module_or_path: response });
      return loaded;
    });
    programs.set(module, started);
  }
  return programs.get(module);
}

/** An attribute of the element that holds an address, made absolute. */
function address(element, name) {
  return new URL(element.getAttribute(name), document.baseURI).href;
}

function isPage(element) {
  return element.getAttribute("size") === "page";
}

/** Has the browser load what the program asks for first while the program itself is on its way. */
function loadAhead(element) {
  if (globalThis.offline) return;
  const lists = isPage(element) ? ["scenarios", "recordings"] : [];
  // A link to the big page has the program ask for other runs.
  const isLinked = isPage(element) && new URLSearchParams(location.search).has("sim");
  const runs = isLinked ? [] : element.getAttribute("paths").split(",");
  for (const name of [...lists, ...runs]) {
    const href = address(element, `data-${name}`);
    if (ahead.has(href)) continue;
    ahead.add(href);
    const hint = { rel: "preload", as: "fetch", crossOrigin: "anonymous", href };
    document.head.append(Object.assign(document.createElement("link"), hint));
  }
}

/** Lets the browser draw, and answer the reader, between two long tasks. */
const pause = () => new Promise((done) => setTimeout(done));

/** The browser has drawn the page, with its static figures; or does not, as nobody looks at it. */
const drawn = new Promise((done) => {
  requestAnimationFrame(() => setTimeout(done));
  setTimeout(done, 500);
});

async function bringToLife(element) {
  if (hasStopped()) return;
  loadAhead(element);
  try {
    const { mount } = await program(address(element, "data-module"), address(element, "data-wasm"));
    await drawn;
    await pause();
    mount(element);
  } catch (error) {
    console.error("simulator:", error);
  }
}

const nearing = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      nearing.unobserve(target);
      bringToLife(target);
    }
  },
  { rootMargin: "400px" },
);

customElements.define(
  "dockershim-simulator",
  class extends HTMLElement {
    /** The simulation, loaded when it is first asked for; one for all figures of a page. */
    async engine() {
      const module = address(this, "data-engine-module");
      const { Engine } = await program(module, address(this, "data-engine-wasm"));
      engine ??= guarded(new Engine());
      return engine;
    }

    connectedCallback() {
      // What a page begins with is not waited for until it is laid out.
      if (isPage(this)) showMoment(this);
      if (isPage(this) || this.closest(".front")) bringToLife(this);
      else nearing.observe(this);
      takeFiles(this);
      refuseNumbers(this);
      showMarked(this);
      listenToKeys(this);
      giveVoice(this);
    }

    copy(text) {
      return copy(this, text);
    }

    full() {
      return full(this);
    }

    save(name, kind, text) {
      const content = kind === "text/html" ? withStyles(this, text) : text;
      return save(name, new Blob([content], { type: kind }));
    }

    savePicture(name, kind) {
      return savePicture(this, name, kind);
    }

    write(part, html) {
      try {
        write(this, part, html);
      } catch (error) {
        stop(error);
      }
    }

    disconnectedCallback() {
      nearing.unobserve(this);
    }
  },
);
