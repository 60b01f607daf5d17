// Asks the questions of a page one after the other. Without this script the page lists them all.
// The answers are kept in the address (?answers=…), to send on and to find again, and in the browser.

const root = document.documentElement;
const say = (en, chinese) => (root.lang === "zh-CN" ? chinese : en);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const make = (name, properties, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};
const button = (textContent, onclick) => make("button", { type: "button", className: "button", textContent, onclick });

const KEY = "answers";
const aid = document.querySelector(".decision-aid");
const many = aid.dataset.many;
const short = (question) => question.id.replace(/^q-/, "");

// What was answered: by the id of a question, the ids of its answers.

let given = new Map();
let isWhole = false;

/** Reads "nodes.own,extras.gpu,extras.logs". */
function parse(text) {
  const read = new Map();
  for (const pair of (text ?? "").split(",")) {
    const [name, id] = pair.split(".");
    const question = questions.find((it) => short(it) === name);
    if (!question?.answers.has(id)) continue;
    const before = question.id === many ? read.get(question.id) ?? [] : [];
    read.set(question.id, [...before, id]);
  }
  return read;
}

/** Only the answers on the way that was taken; those of a way left are forgotten. */
function text() {
  const kept = way().map((question) => question.id).concat(many);
  const pairs = questions
    .filter((question) => kept.includes(question.id))
    .flatMap((question) => (given.get(question.id) ?? []).map((id) => `${short(question)}.${id}`));
  return pairs.join(",");
}

function stored() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function store(value) {
  try {
    if (value) localStorage.setItem(KEY, value);
    else localStorage.removeItem(KEY);
  } catch {
    // Refused: the answers are in the address.
  }
}

const inAddress = () => new URLSearchParams(location.search).get(KEY);

function save(method) {
  const value = text();
  store(value);
  const query = new URLSearchParams(location.search);
  query.delete(KEY);
  if (value) query.set(KEY, value);
  const search = query.toString().replaceAll("%2C", ",");
  history[method](history.state, "", (search ? `?${search}` : location.pathname) + location.hash);
}

// The questions of the page become groups of choices, with everything that stands in them.

function choice(question, marker) {
  const item = marker.closest("li");
  const { answer: id, next } = marker.dataset;
  const words = item.querySelector("strong");
  const input = make("input", {
    type: question.id === many ? "checkbox" : "radio",
    name: question.id,
    id: `${question.id}-${id}`,
    value: id,
  });
  const label = make("label", { htmlFor: input.id, className: "answer-words" });
  const rest = make("div", { className: "answer-rest", id: `${input.id}-rest` });
  marker.remove();
  words.replaceWith(label);
  label.append(words);
  while (label.nextSibling) rest.append(label.nextSibling);
  // The full stop of the words stands behind them in Chinese.
  const start = rest.firstChild;
  if (start?.nodeType === Node.TEXT_NODE) start.data = start.data.replace(/^[。\s]+/, "");
  input.setAttribute("aria-describedby", rest.id);
  item.classList.add("answer");
  item.replaceChildren(input, label, rest);
  const { reads, end, find } = marker.dataset;
  const ends = { end: end !== undefined, find: find !== undefined };
  return { id, item, input, next, reads: JSON.parse(reads), words: words.textContent, ...ends };
}

function group(heading) {
  const inside = [];
  for (let next = heading.nextElementSibling; next && next.localName !== "h2"; ) {
    inside.push(next);
    next = next.nextElementSibling;
  }
  const legend = make("legend");
  const fieldset = make("fieldset", { tabIndex: -1 }, legend);
  const form = make("form", { className: "question" }, fieldset);
  heading.replaceWith(form);
  legend.append(heading);
  fieldset.append(...inside);
  const question = { id: heading.id, title: heading.textContent, form, fieldset, answers: new Map() };
  for (const marker of all("[data-answer]", form)) {
    const answer = choice(question, marker);
    question.answers.set(answer.id, answer);
    answer.input.addEventListener("change", () => choose(question, answer));
  }
  // A link to the next question answers this one.
  form.addEventListener("click", (event) => {
    const link = event.target.closest('.answer-rest a[href^="#q-"]');
    if (!link || isWhole) return;
    event.preventDefault();
    const answer = [...question.answers.values()].find(({ item }) => item.contains(link));
    answer.input.checked = true;
    goOn(question);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    goOn(question);
  });
  if (question.id !== many) {
    const hint = make("p", { className: "question-hint", role: "alert" });
    const next = make("button", { className: "button question-next", textContent: say("Next", "下一题") });
    fieldset.append(make("p", { className: "needs-choice" }, next), hint);
    question.hint = hint;
  }
  return question;
}

const headings = all("main > h2[id^='q-']");
const questions = headings.map(group);
const extras = questions.find((question) => question.id === many);

// What the script adds: the answers so far, and where they lead.

const list = make("ol", { className: "given" });
const restart = button(say("Start over", "重新开始"), () => {
  given = new Map();
  changed("pushState");
  focusOn(questions[0].fieldset);
});
const whole = button("", () => {
  isWhole = !isWhole;
  show();
});
aid.append(list, make("p", { className: "aid-tools" }, restart, whole));
const result = make("div", { className: "aid-result", tabIndex: -1, role: "group" });
// What is said of it is one sentence: of parts that come one by one, some are said twice, and lists not.
const spoken = make("p", { className: "visually-hidden", role: "status" });
extras.form.after(result, spoken);

// The way through the questions.

const lastOf = (question) => question.answers.get(given.get(question.id)?.[0]);

/** The questions asked so far; the last one is open, unless its answer leads to a page. */
function way() {
  const taken = [];
  let question = questions[0];
  while (question && !taken.includes(question)) {
    taken.push(question);
    const next = lastOf(question)?.next;
    question = next && questions.find((it) => it.id === next);
  }
  return taken;
}

function choose(question, answer) {
  if (question.id !== many) {
    question.hint.textContent = "";
    return;
  }
  const checked = [...question.answers.values()].filter(({ input }) => input.checked);
  given.set(many, checked.map(({ id }) => id));
  save("replaceState");
  showResult();
}

function goOn(question) {
  const answer = [...question.answers.values()].find(({ input }) => input.checked);
  if (question.id === many) return;
  if (!answer) {
    question.hint.textContent = say("Choose an answer first.", "请先选一个答案。");
    return;
  }
  given.set(question.id, [answer.id]);
  changed("pushState");
  const open = way().at(-1);
  if (!lastOf(open)) focusOn(open.fieldset);
  else focusOn(extras.form.hidden ? result : extras.fieldset);
}

function change(question) {
  for (const later of way().slice(way().indexOf(question))) given.delete(later.id);
  changed("pushState");
  focusOn(question.fieldset);
}

function focusOn(element) {
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "nearest" });
}

function changed(method) {
  isWhole = false;
  show();
  save(method);
}

// What is on the page.

function show() {
  const taken = way();
  const open = taken.at(-1);
  const end = lastOf(open);
  root.classList.toggle("asks", !isWhole);
  for (const question of questions) {
    const isOpen = question === open && !end;
    const isExtra = question === extras && end && !end.end && !end.find;
    question.form.hidden = !isWhole && !isOpen && !isExtra;
    for (const { id, input } of question.answers.values()) {
      input.checked = given.get(question.id)?.includes(id) ?? false;
    }
  }
  list.replaceChildren(...taken.filter(lastOf).map(line));
  list.hidden = isWhole || list.childElementCount === 0;
  restart.hidden = isWhole || list.hidden;
  whole.textContent = isWhole
    ? say("Ask one question at a time", "一次只问一题")
    : say("Show all questions at once", "一次列出所有问题");
  showResult();
}

function line(question) {
  const words = lastOf(question).words.replace(/[.。]$/, "");
  const again = button(say("Change", "更改"), () => change(question));
  again.className = "link-button";
  again.ariaLabel = say(`Change the answer to: ${question.title}`, `更改这一题的答案：${question.title}`);
  const asked = make("span", { className: "given-question", textContent: question.title });
  const answer = make("strong", { className: "given-answer", textContent: words });
  return make("li", {}, asked, " ", answer, " ", again);
}

const link = ({ href, title }) => make("a", { href, textContent: title });

/** Where the answers lead: the page to take, and the pages to read with it. */
function showResult() {
  const taken = way();
  const end = lastOf(taken.at(-1));
  result.hidden = isWhole || !end;
  if (result.hidden) {
    result.replaceChildren();
    spoken.textContent = isWhole ? "" : say(`Question ${taken.length}`, `第 ${taken.length} 题`);
    return;
  }
  const path = end.reads.at(-1);
  const title = end.find ? say("First find out", "先弄清楚") : say("Your way", "该走这条路");
  const parts = [make("p", { className: "aid-title", textContent: title })];
  const words = [];
  result.classList.toggle("finds", end.find);
  if (end.find) {
    const how = end.item.querySelector(".answer-rest").cloneNode(true);
    how.removeAttribute("id");
    const back = say("Your answers are kept; come back and change the last one.", "答案都留着；弄清楚之后，回来改最后一题。");
    parts.push(how, make("p", { textContent: back }));
    words.push(how.textContent.trim(), back);
  } else {
    words.push(say(`${path.title}.`, `${path.title}。`));
    parts.push(make("p", { className: "aid-path" }, link(path)));
    const chosen = (given.get(many) ?? []).map((id) => extras.answers.get(id));
    const reads = [...taken.map(lastOf), ...(end.end ? [] : chosen)].flatMap((it) => it.reads);
    const others = new Map(reads.filter(({ href }) => href !== path.href).map((it) => [it.href, it]));
    if (others.size > 0) {
      const items = [...others.values()].map((it) => make("li", {}, link(it)));
      const first = say("Read as well, before the first node changes:", "动第一个节点之前，还要看：");
      parts.push(make("p", { textContent: first }), make("ul", {}, ...items));
      words.push(first, [...others.values()].map((it) => it.title).join(say(", ", "、")));
    }
  }
  result.replaceChildren(...parts);
  result.ariaLabel = say(`${title}: `, `${title}：`) + words.join(say(" ", ""));
  // Where nothing else is asked, it has the focus, which says its name.
  spoken.textContent = extras.form.hidden ? "" : result.ariaLabel;
}

// A link to a question that is not the open one shows all of them.

function follow() {
  const target = questions.find((question) => `#${question.id}` === location.hash);
  if (!target?.form.hidden) return;
  isWhole = true;
  show();
  target.form.scrollIntoView();
}

addEventListener("hashchange", follow);
addEventListener("popstate", () => {
  given = parse(inAddress());
  show();
});

given = parse(inAddress() ?? stored());
show();
save("replaceState");
follow();
