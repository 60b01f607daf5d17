// What the page's frame does: theme, language memory, contents, outline, copy buttons, keys.
// Without this script every page is still whole; see `.needs-js` in base.css.

const root = document.documentElement;
const zh = root.lang === "zh-CN";
const say = (en, chinese) => (zh ? chinese : en);
const find = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

/** Local storage, which a browser may refuse. */
function remember(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // The choice then lasts as long as the page.
  }
}

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

// Theme: "auto", "light" or "dark".

const themes = all('input[name="theme"]');
const barColours = all('meta[name="theme-color"]').map((meta) => [meta, meta.content]);

function showTheme(theme) {
  root.classList.toggle("light", theme === "light");
  root.classList.toggle("dark", theme === "dark");
  for (const [meta, own] of barColours) {
    const [light, dark] = barColours.map(([, colour]) => colour);
    meta.content = { light, dark }[theme] ?? own;
  }
}

function currentTheme() {
  return ["light", "dark"].find((name) => root.classList.contains(name)) ?? "auto";
}

for (const input of themes) {
  input.checked = input.value === currentTheme();
  input.addEventListener("change", () => {
    showTheme(input.value);
    remember("theme", input.value);
  });
}
showTheme(currentTheme());

// Language: the switch keeps query and anchor; the choice is remembered.

for (const link of all("a[data-language]")) {
  const address = link.getAttribute("href");
  const aim = () => {
    link.href = address + location.search + location.hash;
  };
  for (const event of ["pointerenter", "focus", "click"]) link.addEventListener(event, aim);
  link.addEventListener("click", () => remember("lang", link.dataset.language));
}

// Contents: beside the text where there is room, else a drawer over it.

const contents = find("#contents");
const toggle = find("#contents-toggle");
const roomy = matchMedia("(min-width: 64rem)");
const isDrawer = () => !roomy.matches || !document.body.classList.contains("chapter");
const drawerIsOpen = () => root.classList.contains("drawer-open");

function setDrawer(open) {
  const behind = all(".skip-link, .topbar, .column, .outline, .site-foot");
  root.classList.toggle("drawer-open", open);
  for (const part of behind) part.inert = open;
  if (open) {
    contents.setAttribute("role", "dialog");
    contents.setAttribute("aria-modal", "true");
    contents.setAttribute("aria-label", say("Contents", "目录"));
    find("#contents-close").focus();
  } else {
    for (const name of ["role", "aria-modal", "aria-label"]) contents.removeAttribute(name);
  }
  showToggle();
}

function showToggle() {
  const open = isDrawer() ? drawerIsOpen() : !root.classList.contains("contents-closed");
  toggle.setAttribute("aria-expanded", String(open));
}

function closeDrawer() {
  if (!drawerIsOpen()) return;
  setDrawer(false);
  toggle.focus();
}

toggle.addEventListener("click", () => {
  if (isDrawer()) return setDrawer(true);
  const closed = root.classList.toggle("contents-closed");
  remember("contents", closed ? "closed" : "open");
  showToggle();
});
find("#contents-close").addEventListener("click", closeDrawer);
document.addEventListener("click", (event) => {
  if (drawerIsOpen() && event.target === root) closeDrawer();
});
contents.addEventListener("click", (event) => {
  if (event.target.closest("a")) closeDrawer();
});
contents.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeDrawer();
});
roomy.addEventListener("change", () => {
  if (drawerIsOpen()) setDrawer(false);
  showToggle();
});
showToggle();
find("a[aria-current]", contents)?.scrollIntoView({ block: "nearest" });

// Outline: the headings of a long page, with the one being read marked.

const outline = find("#outline");
const headings = all("main > h2[id], main > h3[id]");

function fillOutline() {
  const links = new Map();
  const list = element("ol");
  for (const heading of headings) {
    const link = element("a", { href: `#${heading.id}`, textContent: heading.textContent });
    links.set(heading, link);
    const className = heading.localName === "h3" ? "outline-sub" : "";
    list.append(element("li", { className }, link));
  }
  outline.append(list);
  outline.hidden = false;
  const mark = () => {
    const passed = headings.filter((heading) => heading.getBoundingClientRect().top < 120);
    const read = passed.at(-1) ?? headings[0];
    for (const [heading, link] of links) {
      if (heading === read) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      mark();
    });
  }, { passive: true });
  mark();
}

if (outline && headings.length > 1) fillOutline();

// Code: a button that copies; of a session with prompts, only what was typed.

function typed(code) {
  const text = code.textContent;
  if (!code.classList.contains("language-console")) return text.trimEnd();
  const lines = text.split("\n").filter((line) => /^[$#] /.test(line));
  return lines.length ? lines.map((line) => line.slice(2)).join("\n") : text.trimEnd();
}

const status = element("p", { className: "unseen", role: "status" });
find("main").append(status);

function addCopy(code) {
  const pre = code.parentElement;
  const button = element("button", { type: "button", className: "copy" });
  const rest = () => {
    button.textContent = say("Copy", "复制");
  };
  rest();
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(typed(code));
      button.textContent = status.textContent = say("Copied", "已复制");
    } catch {
      button.textContent = status.textContent = say("Not allowed", "未获允许");
    }
    setTimeout(() => {
      rest();
      status.textContent = "";
    }, 2000);
  });
  const frame = element("div", { className: "code" });
  pre.replaceWith(frame);
  frame.append(pre, button);
}

if (navigator.clipboard) all("main pre > code:not(.output)").forEach(addCopy);

/** What scrolls sideways can be reached, and scrolled, with the keyboard. */
function reachScrollers() {
  for (const scroller of all("main pre, .table-wrapper")) {
    const scrolls = scroller.scrollWidth > scroller.clientWidth;
    if (scrolls === scroller.hasAttribute("tabindex")) continue;
    if (scrolls) {
      const label = scroller.localName === "pre" ? say("Code", "代码") : say("Table", "表格");
      scroller.tabIndex = 0;
      scroller.setAttribute("role", "group");
      scroller.setAttribute("aria-label", label);
    } else {
      for (const name of ["tabindex", "role", "aria-label"]) scroller.removeAttribute(name);
    }
  }
}

reachScrollers();
addEventListener("resize", reachScrollers);

// Help, printing, keys.

const help = find("#help-dialog");
find("[data-help-open]")?.addEventListener("click", () => help.showModal());
help.addEventListener("click", (event) => {
  if (event.target === help) help.close();
});
find("[data-print]")?.addEventListener("click", () => print());

function mayTurnPage() {
  const page = document.scrollingElement;
  const focusIsFree = document.activeElement === document.body;
  return focusIsFree && getSelection().isCollapsed && page.scrollWidth <= page.clientWidth;
}

function turnPage(way) {
  if (mayTurnPage()) find(`.turn a[rel="${way}"]`)?.click();
}

const keys = {
  "/": () => find("[data-search-open]")?.click(),
  s: () => find("[data-search-open]")?.click(),
  "?": () => help.showModal(),
  ArrowLeft: () => turnPage("prev"),
  ArrowRight: () => turnPage("next"),
};

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable], dialog")) return;
  if (find("dialog[open]") || drawerIsOpen() || !Object.hasOwn(keys, event.key)) return;
  if (event.key.length === 1) event.preventDefault();
  keys[event.key]();
});
