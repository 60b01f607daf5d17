// The page's frame: theme, language, contents, outline, copy buttons, keys.
// Without this script every page is still whole; see .needs-js in base.css.

const root = document.documentElement;
const say = (en, chinese) => (root.lang === "zh-CN" ? chinese : en);
const find = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const make = (name, properties, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

const remember = (key, value) => {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Refused: the choice lasts as long as the page.
  }
};

// Theme: "auto", "light" or "dark".

const theme = () => ["light", "dark"].find((it) => root.classList.contains(it)) ?? "auto";

function showTheme(chosen) {
  for (const name of ["light", "dark"]) root.classList.toggle(name, chosen === name);
  const { backgroundColor } = getComputedStyle(root);
  for (const meta of all('meta[name="theme-color"]')) meta.content = backgroundColor;
}

// The page itself names the colours of both schemes; to ask for its ground would lay it out early.
if (theme() !== "auto") showTheme(theme());
matchMedia("(prefers-color-scheme: dark)").onchange = () => showTheme(theme());
for (const input of all('input[name="theme"]')) {
  input.checked = input.value === theme();
  input.addEventListener("change", () => {
    showTheme(input.value);
    remember("theme", input.value);
  });
}

// Language: the switch keeps query and anchor; the choice is remembered.

const other = find("[data-language]");
const address = other.getAttribute("href");
for (const event of ["pointerenter", "focus", "click"]) {
  other.addEventListener(event, () => {
    other.href = address + location.search + location.hash;
  });
}
other.addEventListener("click", () => remember("lang", other.dataset.language));

// Contents: beside the text where there is room, else a drawer over it.

const contents = find("#contents");
const toggle = find("#contents-toggle");
const roomy = matchMedia("(min-width: 64rem)");
const isDrawer = () => !roomy.matches || !document.body.classList.contains("chapter");
const drawerIsOpen = () => root.classList.contains("drawer-open");

function setDrawer(open) {
  root.classList.toggle("drawer-open", open);
  for (const behind of all(".skip-link, .topbar, .column, .outline, .site-foot")) {
    behind.inert = open;
  }
  contents.role = open ? "dialog" : null;
  contents.ariaModal = open ? "true" : null;
  contents.ariaLabel = open ? say("Contents", "目录") : null;
  (open ? find("#contents-close") : toggle).focus();
  showToggle();
}

function showToggle() {
  const open = isDrawer() ? drawerIsOpen() : !root.classList.contains("contents-closed");
  toggle.setAttribute("aria-expanded", open);
}

const closeDrawer = () => drawerIsOpen() && setDrawer(false);

toggle.addEventListener("click", () => {
  if (isDrawer()) return setDrawer(true);
  remember("contents", root.classList.toggle("contents-closed") ? "closed" : "open");
  showToggle();
});
find("#contents-close").addEventListener("click", closeDrawer);
contents.addEventListener("click", (event) => event.target.closest("a") && closeDrawer());
root.addEventListener("click", (event) => event.target === root && closeDrawer());
roomy.onchange = () => {
  closeDrawer();
  showToggle();
};
showToggle();

const current = find("a[aria-current]", contents);
// Places are known when they are drawn: WebKit runs this script before the styles are there.
const toCurrent = new ResizeObserver(() => {
  contents.scrollTop = current.offsetTop - contents.clientHeight / 2;
  toCurrent.disconnect();
});
if (current) toCurrent.observe(contents);

// Outline: the headings of a long page, with the one being read marked. The simulator's own page has
// no room for it.

const headings = all("main:not(:has(> [size=page])) > :is(h2, h3)[id]");
const outline = find("#outline");

if (outline && headings.length > 1) {
  const links = headings.map(({ id, textContent }) => make("a", { href: `#${id}`, textContent }));
  const item = (link, index) => make("li", { className: headings[index].localName }, link);
  outline.append(make("ol", {}, ...links.map(item)));
  outline.hidden = false;
  const mark = () => {
    const shown = headings.filter((heading) => heading.checkVisibility());
    const below = shown.findIndex((heading) => heading.getBoundingClientRect().top > 120);
    const last = shown[Math.max(0, (below < 0 ? shown.length : below) - 1)];
    const read = headings.indexOf(last);
    links.forEach((link, index) => {
      link.ariaCurrent = index === read ? "true" : null;
    });
  };
  addEventListener("scroll", () => requestAnimationFrame(mark), { passive: true });
  new ResizeObserver(mark).observe(find("main"));
}

// Code: a button that copies; of a session with prompts, only what was typed.

const status = make("p", { className: "visually-hidden", role: "status" });
find("main").append(status);

function typed(code) {
  const text = code.textContent.trimEnd();
  const prompts = code.matches(".language-console") ? text.match(/(?<=^[$#] ).*/gm) : null;
  return prompts?.join("\n") ?? text;
}

/** A button that copies a text and says for a moment whether it did. */
function copyButton(className, words, text) {
  const button = make("button", { type: "button", className, textContent: words });
  button.addEventListener("click", async () => {
    const done = [say("Copied", "已复制"), say("Not allowed", "无法复制")];
    const result = navigator.clipboard.writeText(text()).then(() => done[0], () => done[1]);
    button.textContent = status.textContent = await result;
    setTimeout(() => {
      button.textContent = words;
      status.textContent = "";
    }, 2000);
  });
  return button;
}

function addCopy(code) {
  const pre = code.parentElement;
  const frame = make("div", { className: "code" });
  pre.replaceWith(frame);
  frame.append(pre, copyButton("copy", say("Copy", "复制"), () => typed(code)));
}

/** Questions have a short address, the one to send to people. */
function addShortLink() {
  const short = location.href.match(/^[^?#]*\/faq\/(?!index\b)[^/?#]+(?=\.html)/)?.[0];
  if (!short) return;
  const words = say("Copy the link to this answer", "复制本答案的链接");
  const button = copyButton("button copy-link", words, () => short);
  find("main > h1 ~ p")?.after(make("p", {}, button));
}

if (navigator.clipboard) {
  all("main pre > code:not(.output, dockershim-simulator *)").forEach(addCopy);
  addShortLink();
}

// What scrolls sideways can be reached and scrolled with the keyboard.

function reach(scroller) {
  const scrolls = scroller.scrollWidth > scroller.clientWidth;
  const words = scroller.localName === "pre" ? say("Code", "代码") : say("Table", "表格");
  scroller.role = scrolls ? "group" : null;
  scroller.ariaLabel = scrolls ? words : null;
  if (scrolls) scroller.tabIndex = 0;
  else scroller.removeAttribute("tabindex");
}

const drawn = new ResizeObserver((changes) => changes.forEach(({ target }) => reach(target)));
for (const scroller of all(":is(main pre, .table-wrapper):not(dockershim-simulator *)")) {
  drawn.observe(scroller);
}

for (const box of all('main li input[type="checkbox"]')) {
  box.ariaLabel = box.parentElement.textContent.trim();
}

// Sources: where nothing hovers, the first touch of a number shows the note, the next follows it.

let markInFocus;
document.addEventListener("pointerdown", () => {
  markInFocus = find(".cite-mark:focus");
});
document.addEventListener("click", (event) => {
  const mark = event.target.closest(".cite-mark");
  if (!mark || mark === markInFocus || !matchMedia("(hover: none)").matches) return;
  event.preventDefault();
  mark.focus();
});

// Help, printing, keys; those of the search are in search.js.

const help = find("#help-dialog");
find("[data-help-open]").addEventListener("click", showHelp);
help.addEventListener("click", (event) => event.target === help && help.close());
find("[data-print]")?.addEventListener("click", () => print());

/** Lets go of the focus well before, so that Orca says where it goes; see search.js. */
function showHelp() {
  const opener = document.activeElement;
  opener.blur();
  help.addEventListener("close", () => opener.focus({ preventScroll: true }), { once: true });
  setTimeout(() => help.showModal(), 60);
}

function turn(way) {
  const page = document.scrollingElement;
  const isFree = document.activeElement === document.body && getSelection().isCollapsed;
  if (isFree && page.scrollWidth <= page.clientWidth) find(`.turn a[rel="${way}"]`)?.click();
}

function putAway() {
  closeDrawer();
  for (const cite of all(":is(.cite, .term):is(:hover, :focus-within)")) {
    cite.classList.add("put-away");
    const back = () => cite.classList.remove("put-away");
    for (const event of ["pointerleave", "focusout"]) cite.addEventListener(event, back);
  }
}

const keys = {
  "?": showHelp,
  ArrowLeft: () => turn("prev"),
  ArrowRight: () => turn("next"),
  Escape: putAway,
};

document.addEventListener("keydown", (event) => {
  const { key, target, defaultPrevented, ctrlKey, metaKey, altKey } = event;
  if (defaultPrevented || ctrlKey || metaKey || altKey || !Object.hasOwn(keys, key)) return;
  if (target.closest?.("input, textarea, select, dockershim-simulator")) return;
  if (find("dialog[open]") || (drawerIsOpen() && key !== "Escape")) return;
  if (key.length === 1) event.preventDefault();
  keys[key]();
});
