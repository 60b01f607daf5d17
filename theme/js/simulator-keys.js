// The keys of the big page's lists: arrows on its tabs; and the library of scenarios, which is one
// stop for Tab, with arrows from card to card, and typing finds.

const say = (en, chinese) => (document.documentElement.lang === "zh-CN" ? chinese : en);

/** Listens on the simulator's element; what is in it comes and goes. */
export function listenToKeys(element) {
  element.addEventListener("keydown", turnTabs, true);
  listenInLibrary(element);
}

/** The arrows on a tab: to the one beside it, and around. */
function turnTabs(event) {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!by || event.target.getAttribute("role") !== "tab") return;
  const tabs = [...event.target.parentElement.children];
  const next = tabs[(tabs.indexOf(event.target) + by + tabs.length) % tabs.length];
  event.preventDefault();
  event.stopPropagation();
  next.focus();
  next.click();
}

function listenInLibrary(element) {
  const field = () => element.querySelector("[data-find]");
  const cards = () => [...element.querySelectorAll(".sim-cards button")];
  const shown = () => cards().filter((card) => !card.parentElement.hidden);

  /** Makes one card the stop for Tab: this one, or the chosen one, or the first. */
  function stopAt(card) {
    const open = shown();
    const stop = card ?? open.find((it) => it.getAttribute("aria-pressed") === "true") ?? open[0];
    for (const it of cards()) it.tabIndex = it === stop ? 0 : -1;
  }

  /** Leaves the cards that have every word of the field somewhere. */
  function find() {
    const words = field().value.toLowerCase().split(/\s+/);
    for (const card of cards()) {
      const text = `${card.textContent} ${card.dataset.act}`.toLowerCase();
      card.parentElement.hidden = !words.every((word) => text.includes(word));
    }
    // What is found begins at the top, wherever the list was scrolled to before.
    field().closest(".sim-drawer").querySelector(".sim-cards").scrollTop = 0;
    const [some, all] = [shown().length, cards().length];
    field().nextElementSibling.textContent =
      say(`${some} of ${all} scenarios`, `${all} 个场景中的 ${some} 个`);
    stopAt();
  }

  /** The card that a key leads to from a card; the field itself from above the first row. */
  function next(key, open, card) {
    const at = open.indexOf(card);
    const row = open.filter((it) => it.offsetTop === open[0].offsetTop).length;
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: row, ArrowUp: -row }[key];
    if (key === "Home") return open[0];
    if (key === "End") return open.at(-1);
    if (by === undefined) return undefined;
    return open[at + by] ?? (key === "ArrowUp" ? field() : card);
  }

  function press(event) {
    const { key, target } = event;
    const drawer = field()?.closest(".sim-drawer");
    if (!drawer?.contains(target) || event.ctrlKey || event.metaKey || event.altKey) return;
    const open = shown();
    const card = open.includes(target) ? target : undefined;
    let to;
    if (card) to = next(key, open, card);
    else if (key === "ArrowDown" || (key === "Enter" && target === field())) to = open[0];
    if (to) {
      event.preventDefault();
      event.stopPropagation();
      to.focus();
    } else if (target !== field() && key.length === 1 && key !== " ") {
      // The letter itself goes into the field, in place of what was looked for before.
      event.stopPropagation();
      field().select();
      field().focus();
    }
  }

  element.addEventListener("input", (event) => {
    if (event.target.matches("[data-find]")) find();
  });
  element.addEventListener("focusin", ({ target }) => {
    if (!target.closest(".sim-drawer") || !field()) return;
    const card = target.closest(".sim-cards button");
    if (card || !cards().some((it) => it.tabIndex < 0)) stopAt(card ?? undefined);
  });
  element.addEventListener("keydown", press, true);
}
