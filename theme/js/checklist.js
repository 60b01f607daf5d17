// Boxes of the checklists on a page: they can be ticked, are counted, and stay ticked.
// What is done is kept in the browser, by page, for both languages; where that is refused, for the visit.
// Without this script the boxes are for a pen.

const root = document.documentElement;
const say = (en, chinese) => (root.lang === "zh-CN" ? chinese : en);
const all = (selector) => [...document.querySelectorAll(selector)];
const make = (name, properties, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

const page = location.pathname.replace(/^.*\/(en|zh-CN)\//, "").replace(/(\.html|\/)$/, "");
const KEY = `done:${page}`;

// A box is known by its section and its place in it, which are the same in both languages.

const steps = new Map();
let section = "";
let place = 0;
for (const element of all("main > h2[id], main li input[type='checkbox']")) {
  if (element.localName === "h2") {
    section = element.id;
    place = 0;
    continue;
  }
  place += 1;
  const holder = element.parentElement;
  const words = make("span", {}, ...[...holder.childNodes].filter((node) => node !== element));
  holder.replaceChildren(make("label", { className: "step" }, element, words));
  element.disabled = false;
  element.ariaLabel = null;
  element.addEventListener("change", () => {
    keep();
    count();
  });
  steps.set(`${section}.${place}`, element);
}

function keep() {
  const done = [...steps].filter(([, box]) => box.checked).map(([key]) => key);
  try {
    if (done.length > 0) localStorage.setItem(KEY, done.join(" "));
    else localStorage.removeItem(KEY);
  } catch {
    // Refused: the ticks last as long as the page.
  }
}

function recall() {
  try {
    const done = new Set((localStorage.getItem(KEY) ?? "").split(" "));
    for (const [key, box] of steps) box.checked = done.has(key);
  } catch {
    // Refused: nothing is known.
  }
}

// How far one is, at the top of the page.

const bar = make("progress", { max: steps.size });
bar.ariaLabel = say("Steps done", "已完成的步骤");
const words = make("p", { className: "checklist-count" });
words.setAttribute("role", "status");
const next = make("a", { className: "button", textContent: say("Go to the next step", "到下一步") });
const button = (textContent, onclick) => make("button", { type: "button", className: "button", textContent, onclick });
const restart = button(say("Start over", "重新开始"), () => {
  for (const box of steps.values()) box.checked = false;
  keep();
  count();
});
const paper = button(say("Print with empty boxes", "打印（空白方框）"), () => print());

function count() {
  const boxes = [...steps.values()];
  const done = boxes.filter((box) => box.checked).length;
  const open = [...steps].find(([, box]) => !box.checked);
  bar.value = done;
  words.textContent = say(`${done} of ${steps.size} done`, `共 ${steps.size} 项，已完成 ${done} 项`);
  if (open) next.href = `#${open[0].replace(/\.\d+$/, "")}`;
  next.hidden = !open || done === 0;
}

if (steps.size > 0) {
  recall();
  count();
  const tools = make("p", { className: "checklist-tools" }, next, restart, paper);
  const head = make("div", { className: "checklist" }, words, bar, tools);
  document.querySelector("main > h2").before(head);
  addEventListener("storage", (event) => {
    if (event.key !== KEY && event.key !== null) return;
    recall();
    count();
  });
}
