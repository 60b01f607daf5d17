// Opens the search. Everything else (elasticlunr, the engine, the dialog, the index) is loaded when
// a reader first opens it, as plain scripts, so that pages opened from a disk can be searched too.
//
// For tests and curious readers: `await siteSearchQuery("shim")` gives what the dialog would show,
// best first, as [{ url, page, anchor, title, heading, kind, score }].

(() => {
  const script = document.currentScript.src;
  const root = new URL("../../", script);
  const asset = (url) => new URL(url, script).href;
  const STYLE = asset("@asset:css/search.css@");
  const DIALOG = asset("@asset:js/search-dialog.js@");
  const ENGINE = asset("@asset:js/search-engine.js@");
  const ELASTICLUNR = asset("@asset:js/elasticlunr.min.js@");
  const INDEXES = { en: asset("@asset:search/en.js@"), "zh-CN": asset("@asset:search/zh-CN.js@") };
  /** How long before the dialog opens the focus is let go of, in ms. */
  const LET_GO_MS = 60;
  const { lang } = document.documentElement;

  const arrival = (name, properties) =>
    new Promise((resolve, reject) => {
      const made = Object.assign(document.createElement(name), properties);
      made.addEventListener("load", resolve);
      made.addEventListener("error", reject);
      document.head.append(made);
    });
  const run = (src) => arrival("script", { src });

  /** Loads a thing once; what failed may be tried again. */
  function once(load) {
    let loaded;
    return () => (loaded ??= load().catch((error) => {
      loaded = undefined;
      throw error;
    }));
  }

  const engine = once(async () => {
    await Promise.all([ELASTICLUNR, ENGINE, INDEXES[lang]].map(run));
    return siteSearchEngine(window.siteSearch, window.elasticlunr);
  });
  const dialog = once(async () => {
    await Promise.all([arrival("link", { rel: "stylesheet", href: STYLE }), run(DIALOG)]);
    return siteSearchDialog({ lang, engine, address });
  });

  /** The address of a page; only on a disk must the front page of a folder be named. */
  function address(language, path, anchor = "", query = "") {
    const shown = location.protocol === "file:" ? path : path.replace(/(^|\/)index\.html$/, "$1");
    const url = new URL(`${language}/${shown}`, root);
    url.hash = anchor;
    url.search = query;
    return url.href;
  }

  window.siteSearchQuery = async (text) =>
    (await engine()).query(text).map(({ path: page, anchor, name: title, heading, kind, score }) =>
      ({ url: address(lang, page, anchor), page, anchor, title, heading, kind, score }));

  /**
   * Opens the dialog, and gives the focus back where it was when that closes. It is let go of well
   * before: Orca does not say where the focus goes while what had it is taken away behind a dialog.
   */
  async function open(text) {
    const opener = document.activeElement;
    opener.blur();
    const heard = new Promise((resolve) => setTimeout(resolve, LET_GO_MS));
    const [{ open }] = await Promise.all([dialog(), heard]);
    open(text, opener);
  }

  for (const opener of document.querySelectorAll("[data-search-open]")) {
    opener.classList.remove("needs-js");
    opener.addEventListener("click", () => open());
  }

  document.addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey, altKey, target } = event;
    const isChord = (ctrlKey || metaKey) && !altKey && key.toLowerCase() === "k";
    const isPlain = !ctrlKey && !metaKey && !altKey && (key === "/" || key === "s");
    if (event.defaultPrevented || !(isChord || isPlain)) return;
    if (document.querySelector("dialog[open], .drawer-open")) return;
    const busy = "input, textarea, select, [contenteditable], dockershim-simulator";
    if (isPlain && target.closest?.(busy)) return;
    event.preventDefault();
    open();
  });

  const asked = new URLSearchParams(location.search).get("q");
  if (asked) open(asked);
})();
