// Lets the pages work from a disk, where browsers neither fetch files nor run modules from them:
// what would be fetched is in scripts beside it, as text (or base64, for wasm), and modules are run
// from that text.
(() => {
  const TYPES = { js: "text/javascript", json: "application/json", wasm: "application/wasm" };
  const root = new URL(".", document.currentScript.src);
  const contents = new Map();
  const modules = new Map();

  /** The content of a file of this edition. */
  function content(address) {
    const path = address.href.slice(root.href.length);
    if (!contents.has(path)) {
      let arrived;
      const promise = new Promise((resolve, reject) => {
        arrived = resolve;
        const script = document.createElement("script");
        script.src = `${address.origin === "null" ? "file://" : address.origin}${address.pathname}.js`;
        script.addEventListener("error", () => reject(new TypeError(`no file ${path}`)));
        document.head.append(script);
      });
      contents.set(path, { promise, arrived });
    }
    return contents.get(path).promise;
  }

  /** Called by the scripts with the content of a file. */
  function give(path, text, base64) {
    const bytes = base64 ? Uint8Array.from(atob(text), (char) => char.charCodeAt(0)) : text;
    contents.get(path)?.arrived(bytes);
  }

  /** A module of this edition as an address that can be run, with the modules it names. */
  function runnable(address) {
    if (!modules.has(address.href)) {
      modules.set(address.href, (async () => {
        let text = await content(address);
        for (const [named, inner] of text.matchAll(/from "(\.[^"]+)"/g)) {
          text = text.replace(named, `from "${await runnable(new URL(inner, address))}"`);
        }
        return URL.createObjectURL(new Blob([text], { type: TYPES.js }));
      })());
    }
    return modules.get(address.href);
  }

  const module = async (address) => import(await runnable(new URL(address, document.baseURI)));

  const elsewhere = window.fetch.bind(window);
  window.fetch = async (asked, options) => {
    const address = new URL(asked.url ?? asked, document.baseURI);
    if (!address.href.startsWith(root.href)) return elsewhere(asked, options);
    const type = TYPES[address.pathname.split(".").pop()] ?? "text/plain";
    return new Response(await content(address), { headers: { "content-type": type } });
  };

  window.offline = { give, module };
  document.documentElement.classList.add("js");
  document.addEventListener("DOMContentLoaded", async () => {
    for (const script of document.querySelectorAll("script[data-module]")) {
      await module(script.dataset.module);
    }
  });
})();
