// Makes more of the lists of class "timeline": filters by track, and an overview to choose from.
// Without this script the lists are whole. The tracks shown are kept in the address (?tracks=…).

const say = (en, chinese) => (document.documentElement.lang === "zh-CN" ? chinese : en);
const all = (selector, within) => [...within.querySelectorAll(selector)];

const make = (name, attributes = {}, ...children) => dress(document.createElement(name), attributes, children);
const draw = (name, attributes = {}, ...children) =>
  dress(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);

function dress(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

// The shape of each track around 0,0, the same as in the list.

const WEDGE = "M-.6 -9H3.5L-1.4 9h-2.2z";
const SHAPES = {
  docker: "M-5 -5H5V5H-5z",
  kubernetes: "M0 -6.5 5.6 -3.25V3.25L0 6.5 -5.6 3.25V-3.25z",
  dockershim: WEDGE,
  cri: "M-5 -6 6.5 0 -5 6z",
  containerd: "M0 -6.5 6.5 0 0 6.5 -6.5 0z",
  "cri-o": "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z",
  "cri-dockerd": WEDGE,
  community: "M-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0z",
};
const HOLLOW = new Set(["cri-o", "cri-dockerd"]);

const shape = (track) =>
  draw("path", {
    class: HOLLOW.has(track) ? "timeline-shape is-hollow" : "timeline-shape",
    d: SHAPES[track] ?? SHAPES.community,
  });

// A date as a point of time, in years: the middle of the day, month or year that is known.

function pointOf(date) {
  const [year, month, day] = date.split("-").map(Number);
  if (!month) return year + 0.5;
  return year + (month - 1 + (day ? (day - 0.5) / 31 : 0.5)) / 12;
}

function entriesOf(list) {
  return all(".timeline-entry", list).map((element) => {
    const claim = element.querySelector(".timeline-claim").cloneNode(true);
    for (const citation of all(".cite", claim)) citation.remove();
    return {
      element,
      id: element.id,
      track: element.dataset.track,
      label: element.querySelector(".timeline-track").textContent,
      date: element.querySelector(".timeline-date").textContent,
      at: pointOf(element.dataset.date),
      claim: claim.textContent.trim(),
    };
  });
}

/** The tracks of the entries in the order in which they are always named. */
function tracksOf(entries) {
  return Object.keys(SHAPES)
    .map((name) => ({ name, entries: entries.filter((entry) => entry.track === name) }))
    .filter((track) => track.entries.length > 0);
}

// The address remembers which tracks are shown; it says nothing when all are.

const NONE = "none";

function readAddress(key, tracks) {
  const value = new URLSearchParams(location.search).get(key);
  if (value === NONE) return new Set();
  const named = new Set((value ?? "").split(","));
  const shown = tracks.filter((track) => named.has(track.name));
  return new Set((shown.length > 0 ? shown : tracks).map((track) => track.name));
}

function writeAddress(key, shown, tracks) {
  const query = new URLSearchParams(location.search);
  if (shown.size === tracks.length) query.delete(key);
  else query.set(key, [...shown].join(",") || NONE);
  const text = query.toString().replaceAll("%2C", ",");
  history.replaceState(history.state, "", (text ? `?${text}` : location.pathname) + location.hash);
}

// Filters: a checkbox for each track.

function makeFilters(tracks, shown, onChange) {
  const list = make("div", { class: "timeline-filter-list" });
  for (const { name, entries } of tracks) {
    const input = make("input", { type: "checkbox", value: name });
    input.checked = shown.has(name);
    input.addEventListener("change", () => onChange(name, input.checked));
    const picture = draw("svg", { viewBox: "-10 -10 20 20", "aria-hidden": "true" }, shape(name));
    const count = make("span", { class: "timeline-count" }, String(entries.length));
    list.append(
      make("label", { class: `timeline-filter track-${name}` }, input, picture, entries[0].label, count),
    );
  }
  const legend = make("legend", {}, say("Show", "显示"));
  return make("fieldset", { class: "timeline-filters" }, legend, list);
}

// The overview: a row for each track, a mark for each entry.

const AXIS_HEIGHT = 26;
const MARGIN = 14;
const NEAR = 11;

/** Where the marks of a row go: beside each other, else above and below. */
function place(entries, x, middle) {
  const placed = [];
  for (const entry of entries) {
    const at = x(entry.at);
    const taken = new Set(placed.filter((other) => at - other.x < NEAR).map((other) => other.lane));
    const lane = [0, 1, 2].find((free) => !taken.has(free)) ?? 0;
    placed.push({ entry, x: at, y: middle + [0, -5, 5][lane], lane });
  }
  return placed;
}

function drawAxis(from, to, x, height) {
  const years = draw("g", { class: "timeline-axis" });
  const room = x(1) - x(0);
  const step = [1, 2, 4].find((every) => every * room >= 42) ?? 8;
  for (let year = from; year <= to; year += 1) {
    const line = { x1: x(year), x2: x(year), y1: 0, y2: height - AXIS_HEIGHT };
    years.append(draw("line", { class: "timeline-grid", ...line }));
    if ((year - from) % step !== 0 || year === to) continue;
    const at = { x: x(year + 0.5), y: height - 8, "text-anchor": "middle" };
    years.append(draw("text", step === 1 ? at : { ...at, x: x(year), "text-anchor": "start" }, String(year)));
  }
  return years;
}

/** Draws the overview for a width; gives the picture, and where each entry is in it. */
function drawOverview(tracks, width, rowHeight) {
  const entries = tracks.flatMap((track) => track.entries);
  const from = Math.floor(Math.min(...entries.map((entry) => entry.at)));
  const to = Math.floor(Math.max(...entries.map((entry) => entry.at))) + 1;
  const x = (at) => MARGIN + ((at - from) / (to - from)) * (width - 2 * MARGIN);
  const height = tracks.length * rowHeight + AXIS_HEIGHT;
  const picture = draw("svg", { viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" });
  picture.append(drawAxis(from, to, x, height));
  const marks = new Map();
  tracks.forEach((track, row) => {
    const middle = (row + 0.5) * rowHeight;
    const group = draw("g", { class: `track-${track.name}` });
    const placed = place(track.entries, x, middle);
    const ends = { x1: placed[0].x, x2: placed.at(-1).x, y1: middle, y2: middle };
    group.append(draw("line", { class: "timeline-span", "data-track": track.name, ...ends }));
    for (const { entry, x: left, y: top } of placed) {
      const transform = `translate(${left} ${top})`;
      const mark = draw("g", { class: `timeline-mark track-${track.name}`, transform }, shape(track.name));
      group.append(mark);
      marks.set(entry, { mark, x: left, y: top });
    }
    picture.append(group);
  });
  const cursor = draw("line", { class: "timeline-cursor", y1: 0, y2: height - AXIS_HEIGHT });
  picture.insertBefore(cursor, picture.children[1]);
  return { picture, marks, cursor };
}

/** One timeline: its state, and everything that follows from it. */
class Timeline {
  constructor(list, key) {
    this.list = list;
    this.key = key;
    this.entries = entriesOf(list);
    this.tracks = tracksOf(this.entries);
    this.shown = readAddress(key, this.tracks);
    this.chosen = this.telling();
    this.build();
    this.followHash();
    this.show();
  }

  visible() {
    return this.entries.filter((entry) => this.shown.has(entry.track));
  }

  /** What the overview shows first: where the story of dockershim ends. */
  telling() {
    const visible = this.visible();
    return visible.findLast((entry) => entry.track === "dockershim") ?? visible[0];
  }

  build() {
    const onFilter = (name, on) => {
      if (on) this.shown.add(name);
      else this.shown.delete(name);
      this.changed();
    };
    this.filters = makeFilters(this.tracks, this.shown, onFilter);
    this.overview = make("div", {
      class: "timeline-overview",
      role: "slider",
      tabindex: "0",
      "aria-label": say("Overview: arrow keys choose an entry, Enter goes to it", "概览：用方向键选择条目，按回车键前往"),
    });
    this.readout = make("a", { class: "timeline-readout" });
    this.status = make("p", { role: "status" });
    this.everything = make("button", { type: "button", class: "timeline-all" }, say("Show all", "全部显示"));
    this.everything.addEventListener("click", () => {
      this.shown = new Set(this.tracks.map((track) => track.name));
      this.changed();
    });
    const foot = make("div", { class: "timeline-foot" }, this.status, this.everything);
    const tools = make("div", { class: "timeline-tools wide" });
    tools.append(this.filters, this.overview, this.readout, foot);
    this.list.before(tools);
    this.listen();
    new ResizeObserver(() => this.redraw()).observe(this.overview);
    this.redraw();
  }

  listen() {
    const { overview } = this;
    overview.addEventListener("keydown", (event) => this.onKey(event));
    overview.addEventListener("pointermove", (event) => this.choose(this.nearest(event)));
    overview.addEventListener("pointerdown", (event) => this.choose(this.nearest(event)));
    // A finger is too wide to aim with: it chooses, and the line below the picture leads there.
    overview.addEventListener("click", (event) => {
      if (event.pointerType === "mouse") this.go();
    });
    addEventListener("hashchange", () => {
      this.followHash();
      this.show();
    });
  }

  /** Draws the overview anew when its width has changed. */
  redraw() {
    const width = Math.round(this.overview.clientWidth);
    if (width === this.width || width === 0) return;
    this.width = width;
    const row = 1.75 * parseFloat(getComputedStyle(document.documentElement).fontSize);
    Object.assign(this, drawOverview(this.tracks, width, row));
    this.overview.replaceChildren(this.picture);
    this.show();
  }

  /** The entry whose mark is nearest to the pointer, rows counting more than time. */
  nearest(event) {
    const box = this.overview.getBoundingClientRect();
    const [left, top] = [event.clientX - box.left, event.clientY - box.top];
    const far = ({ x, y }) => Math.hypot(x - left, 2 * (y - top));
    const near = (a, b) => (far(this.marks.get(b)) < far(this.marks.get(a)) ? b : a);
    const visible = this.visible();
    return visible.length > 0 ? visible.reduce(near) : undefined;
  }

  onKey(event) {
    const visible = this.visible();
    const last = visible.length - 1;
    const at = visible.indexOf(this.chosen);
    const to = {
      ArrowRight: at + 1, ArrowUp: at + 1, ArrowLeft: at - 1, ArrowDown: at - 1,
      PageUp: at + 10, PageDown: at - 10, Home: 0, End: last,
    }[event.key];
    if (event.altKey || event.ctrlKey || event.metaKey || visible.length === 0) return;
    if (event.key === "Enter") this.go();
    else if (to !== undefined) this.choose(visible[Math.min(Math.max(to, 0), last)]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  choose(entry) {
    if (entry === undefined || entry === this.chosen) return;
    this.chosen = entry;
    this.showChosen();
  }

  go() {
    if (this.chosen?.id) location.hash = this.chosen.id;
  }

  /** An address that names an entry must show it. */
  followHash() {
    const entry = this.entries.find(({ id }) => id && `#${id}` === location.hash);
    if (!entry) return;
    this.chosen = entry;
    if (this.shown.has(entry.track)) return;
    this.shown.add(entry.track);
    this.changed();
    entry.element.scrollIntoView();
  }

  changed() {
    writeAddress(this.key, this.shown, this.tracks);
    if (!this.visible().includes(this.chosen)) this.chosen = this.telling();
    this.show();
  }

  /** Brings list and tools in line with the tracks that are shown. */
  show() {
    for (const entry of this.entries) {
      const off = !this.shown.has(entry.track);
      entry.element.hidden = off;
      this.marks?.get(entry).mark.classList.toggle("is-off", off);
    }
    for (const year of all(".timeline-year", this.list)) {
      year.hidden = !year.querySelector(".timeline-entry:not([hidden])");
    }
    for (const input of all("input", this.filters)) input.checked = this.shown.has(input.value);
    for (const line of all(".timeline-span", this.overview)) {
      line.classList.toggle("is-off", !this.shown.has(line.dataset.track));
    }
    const [count, total] = [this.visible().length, this.entries.length];
    const told = say(`${count} of ${total} entries`, `共 ${total} 条，显示 ${count} 条`);
    // It is read out whenever it is written, also the same again.
    if (this.status.textContent !== told) this.status.textContent = told;
    this.everything.hidden = count === total;
    this.showChosen();
  }

  showChosen() {
    const visible = this.visible();
    const { chosen, readout, overview } = this;
    this.cursor?.toggleAttribute("hidden", !chosen);
    readout.hidden = !chosen;
    for (const [entry, { mark }] of this.marks ?? []) {
      mark.classList.toggle("is-chosen", entry === chosen);
    }
    overview.setAttribute("aria-valuemin", visible.length > 0 ? 1 : 0);
    overview.setAttribute("aria-valuemax", visible.length);
    overview.setAttribute("aria-valuenow", chosen ? visible.indexOf(chosen) + 1 : 0);
    if (!chosen) {
      overview.setAttribute("aria-valuetext", say("nothing is shown", "没有显示的条目"));
      return;
    }
    const { x } = this.marks?.get(chosen) ?? { x: 0 };
    this.cursor?.setAttribute("x1", x);
    this.cursor?.setAttribute("x2", x);
    const when = `${chosen.date} · ${chosen.label}`;
    overview.setAttribute("aria-valuetext", `${when}: ${chosen.claim}`);
    readout.className = `timeline-readout track-${chosen.track}`;
    readout.replaceChildren(
      make("span", { class: "timeline-readout-when" }, when),
      make("span", { class: "timeline-readout-claim" }, chosen.claim),
    );
    if (chosen.id) readout.href = `#${chosen.id}`;
    else readout.removeAttribute("href");
  }
}

all("ol.timeline", document).forEach((list, index) => {
  if (list.querySelector(".timeline-entry")) {
    new Timeline(list, index === 0 ? "tracks" : `tracks-${index + 1}`);
  }
});
