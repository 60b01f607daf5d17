// The search dialog: a field, and a plain list of links that the arrow keys walk through.

const siteSearchDialog = ({ lang, engine, address }) => {
  const zh = lang === "zh-CN";
  const say = (en, chinese) => (zh ? chinese : en);
  const other = say("zh-CN", "en");
  const IS_HAN = /[\u3400-\u9fff]/;
  const SHOWN_MAX = 30;
  const SUGGESTED = say(
    ["docker.sock", "cri-dockerd", "RunPodSandbox", "panic"],
    ["docker.sock", "cri-dockerd", "镜像", "弃用"],
  );

  function element(name, properties = {}, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  const input = element("input", {
    id: "search-input",
    name: "q",
    autocomplete: "off",
    maxLength: 200,
    spellcheck: false,
    enterKeyHint: "search",
    placeholder: say("Words, a flag, an error message", "词语、参数、报错信息"),
  });
  input.setAttribute("autocapitalize", "off");
  input.setAttribute("aria-describedby", "search-keys");
  const status = element("p", { className: "search-status", role: "status" });
  const list = element("ol", { className: "search-results" });
  const advice = element("div", { className: "search-advice" });
  const close = element("button", { type: "button", className: "tool search-close" });
  close.innerHTML = '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="m6 6 12 12M18 6 6 18"/></svg>';
  close.setAttribute("aria-label", say("Close the search", "关闭搜索"));
  close.addEventListener("click", () => dialog.close());
  const form = element("form", { className: "search-form" },
    element("label", { className: "unseen", htmlFor: "search-input" }, say("Search the book", "搜索本书")),
    input, close);
  form.setAttribute("role", "search");
  const keys = element("p", { id: "search-keys", className: "search-keys" },
    say("Arrow keys choose, Enter opens, Esc closes.", "方向键选择，回车键打开，Esc 键关闭。"));
  const dialog = element("dialog", { id: "search-dialog" }, form, status,
    element("div", { className: "search-scroll" }, list, advice), keys);
  dialog.setAttribute("aria-label", say("Search", "搜索"));

  const pieces = (them) =>
    them.map(([text, isMarked]) => (isMarked ? element("mark", {}, text) : text));

  function result(found, hit, text) {
    const { path, anchor, name, within, kind } = hit;
    const { heading, teaser } = found.excerpt(hit, text);
    const crumbs = new Set([name, within].filter(Boolean));
    const link = element("a", { href: address(lang, path, anchor) },
      element("span", { className: "search-heading" }, ...pieces(heading)));
    const label = kind === "simulation" ? [element("b", {}, say("Simulation", "模拟")), " · "] : [];
    link.append(
      element("span", { className: "search-crumbs" }, ...label, [...crumbs].join(" › ")),
      element("span", { className: "search-teaser" }, ...pieces(teaser)),
    );
    return element("li", {}, link);
  }

  /** A way to the other language for a query that is written in it. */
  function otherEdition(text) {
    const href = address(other, "index.html", "", `?${new URLSearchParams({ q: text })}`);
    const words = say(`在中文版中搜索“${text}”`, `Search the English edition for “${text}”`);
    return element("p", {}, element("a", { href, hreflang: other, lang: other }, words));
  }

  function suggestions() {
    const chips = SUGGESTED.map((word) => {
      const chip = element("button", { type: "button", className: "search-chip" }, word);
      chip.addEventListener("click", () => {
        input.value = word;
        input.focus();
        search();
      });
      return chip;
    });
    return element("p", { className: "search-chips" }, say("Try ", "试试 "), ...chips);
  }

  function advise(text, count) {
    advice.replaceChildren();
    if (!text) return advice.append(suggestions());
    const isForeign = IS_HAN.test(text) !== zh;
    if (isForeign && (!zh || !count)) advice.append(otherEdition(text));
    if (count) return;
    advice.append(
      element("p", {}, say(
        "Every word has to stand in the same section. Fewer words, or only the beginning of the last one, find more.",
        "所有词语须出现在同一节中；汉字须按原样连续出现。请减少词语，或换一种说法。",
      )),
      suggestions(),
    );
  }

  function tell(text, { length: count, isInParts }) {
    if (!text) return "";
    if (!count) return say(`Nothing found for “${text}”.`, `没有找到“${text}”。`);
    const told = say(count === 1 ? "1 result" : `${count} results`, `找到 ${count} 处`);
    const parts = say(", with its parts apart", "，各部分不相连");
    const first = say(`, the first ${SHOWN_MAX} shown`, `，显示前 ${SHOWN_MAX} 处`);
    return told + (isInParts ? parts : "") + (count > SHOWN_MAX ? first : "");
  }

  async function search() {
    const asked = input.value;
    const text = asked.trim();
    let hits = [];
    let found;
    try {
      found = await engine();
      hits = found.query(asked);
    } catch {
      status.textContent = say("Search could not be loaded. Reload the page to try again.",
        "搜索未能加载。请重新载入页面后再试。");
      return;
    }
    if (asked !== input.value) return;
    list.replaceChildren(...hits.slice(0, SHOWN_MAX).map((hit) => result(found, hit, text)));
    status.textContent = tell(text, hits);
    advise(text, hits.length);
    list.parentElement.scrollTop = 0;
  }

  function open(text, opener) {
    if (dialog.open) return;
    const giveBack = () => {
      const at = document.activeElement;
      if (at === document.body || dialog.contains(at)) opener.focus({ preventScroll: true });
    };
    dialog.addEventListener("close", giveBack, { once: true });
    dialog.showModal();
    if (text !== undefined) input.value = text;
    input.focus();
    input.select();
    search();
  }

  let waiting;
  input.addEventListener("input", (event) => {
    if (event.isComposing) return;
    clearTimeout(waiting);
    waiting = setTimeout(search, 60);
  });
  input.addEventListener("compositionend", search);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await search();
    list.querySelector("a")?.click();
  });

  /** From the field through the results and back; a letter goes on writing the query. */
  dialog.addEventListener("keydown", (event) => {
    const stops = [input, ...dialog.querySelectorAll(".search-results a, .search-advice a")];
    const at = stops.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || at < 0) return;
    if (to !== undefined) {
      event.preventDefault();
      stops[Math.min(Math.max(to, 0), stops.length - 1)].focus();
    } else if (at > 0 && (event.key.length === 1 || event.key === "Backspace") && event.key !== " ") {
      input.focus();
    }
  });

  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) return dialog.close();
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    dialog.close();
    // On the same page, the reader's place is the heading from here on.
    const [page, anchor] = link.href.split("#");
    if (page !== location.href.split("#")[0]) return;
    const heading = document.getElementById(anchor) ?? document.querySelector("main");
    if (!heading.hasAttribute("tabindex")) heading.tabIndex = -1;
    setTimeout(() => heading.focus());
  });

  document.body.append(dialog);
  return { open };
};
