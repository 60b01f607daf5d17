// What a screen reader is told beside the caption: that the player plays, and where it stopped; what
// broke, and in which lane; how much each node printed. All of it is to be seen anyway. And that it
// stays where it was when that is drawn anew.

const say = (en, chinese) => (document.documentElement.lang === "zh-CN" ? chinese : en);

/** How long the program may take to show what was pressed for, in ms. */
const ANSWER_MS_MAX = 10_000;

/** Listens on the simulator's element; what is in it comes and goes. */
export function giveVoice(element) {
  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  element.append(status);
  const tell = (words) => {
    status.textContent = words;
  };
  // The caption is a live region only while it stands still; what it said last may be its text still.
  new MutationObserver(([{ target }]) => {
    const plays = target.getAttribute("aria-live") === "off";
    const caption = target.textContent.trim();
    tell(plays ? say("Playing", "正在播放") : say(`Stopped: ${caption}`, `已停在：${caption}`));
    quieten(element.querySelector(".sim-slider"), plays);
  }).observe(element, { subtree: true, attributeFilter: ["aria-live"] });
  element.addEventListener("focusin", ({ target }) => {
    if (target.matches(".sim-slider")) quieten(target, false);
  });
  // Before the program does what was pressed for.
  const onClick = ({ target }) => {
    const [act] = target.closest("[data-act]")?.dataset.act.split(" ") ?? [];
    const find = { break: broken, tool: printed }[act];
    if (find) whenChanged(element, find, tell);
    if (act === "oci") holdFocus(element, "[data-act=oci]");
  };
  element.addEventListener("click", onClick, true);
}

/**
 * Hides the slider from screen readers while it moves by itself, unless it has the focus. A reader
 * that is told of every frame falls behind, and then leaves out what was to be said.
 */
function quieten(slider, plays) {
  // Nothing hidden may be a stop of the Tab key.
  const hidden = plays && slider !== document.activeElement;
  for (const [name, value] of [["aria-hidden", "true"], ["tabindex", "-1"]]) {
    if (hidden) slider.setAttribute(name, value);
    else slider.removeAttribute(name);
  }
}

/** Hands on what is found in an element once it is other than now. */
function whenChanged(element, find, tell) {
  const before = find(element);
  const watch = new MutationObserver(() => {
    const now = find(element);
    if (now === before) return;
    watch.disconnect();
    tell(now);
  });
  watch.observe(element, { subtree: true, childList: true, characterData: true });
  setTimeout(() => watch.disconnect(), ANSWER_MS_MAX);
}

/** Leaves the focus on a button that is drawn anew for what it does, until the reader goes on. */
function holdFocus(element, selector) {
  const watch = new MutationObserver(() => {
    const button = element.querySelector(selector);
    if (document.activeElement !== document.body || !button) return;
    button.closest("details").open = true;
    button.focus();
  });
  watch.observe(element, { subtree: true, childList: true });
  const leave = () => watch.disconnect();
  for (const going of ["keydown", "pointerdown"]) addEventListener(going, leave, { once: true });
}

/** What is broken in each lane. */
function broken(element) {
  const faults = [...element.querySelectorAll(".sim-broken")].map((fault) => {
    const words = fault.cloneNode(true);
    for (const other of words.querySelectorAll("[aria-hidden], button")) other.remove();
    const lane = fault.closest("li").querySelector("strong").textContent;
    return lane + say(": ", "：") + words.textContent;
  });
  return faults.join(say("; ", "；"));
}

/** What each node printed: its only line, or how many. */
function printed(element) {
  const screens = [...element.querySelectorAll(".sim-screen pre")].map((screen) => {
    const [prompt, ...lines] = screen.textContent.trim().split("\n");
    const told = lines.length === 1 ? lines[0] : say(`${lines.length} lines`, `${lines.length} 行`);
    return prompt + say(": ", "：") + told;
  });
  return screens.join(say("; ", "；"));
}
