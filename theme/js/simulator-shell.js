// What the simulator asks of the browser: clipboard, files, the picture as a file, full screen, the
// row that an unfolded list shows, the moment that a link leads to.

/** Puts a text into the clipboard; where the browser forbids it, shows it to be copied by hand. */
export async function copy(element, text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    element.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}

/** Hands a blob to the reader as a file. */
export function save(name, blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Fills the screen with the element, or no longer; where there is no full screen, the window. */
export function full(element) {
  if (document.fullscreenElement) return document.exitFullscreen();
  if (element.requestFullscreen) return element.requestFullscreen();
  return element.classList.toggle("fills-window");
}

/** The picture as a file: `svg`, or `png` at twice its size. */
export async function savePicture(element, name, kind) {
  const picture = styled(element.querySelector(".sim-live .sim-svg"));
  const text = new XMLSerializer().serializeToString(picture);
  const svg = new Blob([text], { type: "image/svg+xml" });
  if (kind === "svg") return save(name, svg);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = picture.getAttribute("width") * 2;
  canvas.height = picture.getAttribute("height") * 2;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((png) => save(name, png), "image/png");
}

const STYLES = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray",
  "stroke-opacity", "opacity", "font-family", "font-size", "font-weight", "fill-rule",
  "paint-order", "text-anchor"];

/** How much ground a picture has around it, in px: on the page its box has that. */
const EDGE = 16;

/** A copy of the picture that carries its styles and its ground with it, as no style sheet goes
 * along. */
function styled(picture, paper = getComputedStyle(document.documentElement).backgroundColor) {
  const copy = picture.cloneNode(true);
  const plain = colours();
  const [from, to] = [picture, copy].map((root) => [root, ...root.querySelectorAll("*")]);
  from.forEach((element, nth) => {
    const style = getComputedStyle(element);
    to[nth].removeAttribute("class");
    to[nth].setAttribute("style", STYLES.map((name) => `${name}:${plain(style.getPropertyValue(name))}`).join(";"));
  });
  copy.querySelector("title").after(ground(copy, paper));
  return copy;
}

/** Widens the picture by its edge; what it stands on then: in the dark its letters are light. */
function ground(picture, fill) {
  const { width, height } = picture.viewBox.baseVal;
  const [x, y, wide, high] = [-EDGE, -EDGE, width + 2 * EDGE, height + 2 * EDGE];
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  const looks = Object.entries({ x, y, width: wide, height: high, fill });
  for (const [name, value] of looks) ground.setAttribute(name, value);
  picture.setAttribute("viewBox", [x, y, wide, high].join(" "));
  picture.setAttribute("width", wide);
  picture.setAttribute("height", high);
  return ground;
}

/** Puts colours that were mixed in another space as rgb(): beside browsers nothing reads oklab(). */
function colours() {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  return (value) => {
    if (!/^(oklab|oklch|color)\(/.test(value)) return value;
    context.fillStyle = value;
    context.fillRect(0, 0, 1, 1);
    return `rgb(${context.getImageData(0, 0, 1, 1).data.slice(0, 3).join(", ")})`;
  };
}

/** A page to print, with the styles written into its picture, in the colours for paper. */
export function withStyles(element, text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const picture = page.querySelector("svg");
  // Only what is in a page with style sheets has styles.
  const held = document.createElement("div");
  held.style = "display: none; color-scheme: light; --s-bg: #fff";
  held.append(document.importNode(picture, true));
  element.append(held);
  picture.replaceWith(styled(held.firstChild, "#fff"));
  held.remove();
  return `<!DOCTYPE html>${page.documentElement.outerHTML}`;
}

/** A list that is unfolded shows its marked row: before, it had no height. */
export function showMarked(element) {
  const show = ({ target }) => {
    const row = target.querySelector(".sim-steps [aria-current]");
    const list = row?.closest("ol");
    for (const box of list ? [list, list.parentElement] : []) {
      const [at, from] = [row, box].map((it) => it.getBoundingClientRect().top);
      box.scrollTop += at - from - box.clientHeight / 2;
    }
  };
  // It does not bubble.
  element.addEventListener("toggle", show, true);
}

/**
 * Brings the moment of a link into sight, once it is drawn: on a phone its words are far below the
 * beginning of the page. Where the link opens something over the picture, that. Not where the reader
 * has been before, nor after the reader has moved on.
 */
export function showMoment(element) {
  const [{ type } = {}] = performance.getEntriesByType("navigation");
  const linked = new URLSearchParams(location.search).get("sim")?.includes("~a.");
  if (!linked || location.hash || type !== "navigate" || window !== window.top) return;
  const watch = new MutationObserver(() => {
    if (!element.classList.contains("is-live")) return;
    watch.disconnect();
    requestAnimationFrame(() => {
      const words = element.querySelector(".sim-caption");
      const { bottom, height } = words?.getBoundingClientRect() ?? {};
      if (!height || bottom <= innerHeight || scrollY > 0) return;
      const opened = element.querySelector(".sim-drawer");
      const terminal = element.querySelector("#sim-panel.is-terminal");
      const block = opened ? "nearest" : "center";
      (opened ?? terminal ?? words).scrollIntoView({ block, behavior: "instant" });
    });
  });
  watch.observe(element, { attributeFilter: ["class"] });
}

/** Files that are dropped on a field, or chosen for it, become its text. */
export function takeFiles(element) {
  element.addEventListener("dragover", (event) => {
    if (element.querySelector("[data-drop]")) event.preventDefault();
  });
  element.addEventListener("drop", (event) => {
    if (!element.querySelector("[data-drop]") || event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    fill(element, event.dataTransfer.files);
  });
  element.addEventListener("change", (event) => {
    if (event.target.matches("[data-file]")) fill(element, event.target.files);
  });
  // Whatever is drawn anew, while it plays or when the window turns, must not take away the text.
  element.addEventListener("input", ({ target }) => {
    if (target.matches("[data-drop]")) changed(target);
  });
}

/** A number that is none, or out of its bounds, gives way to the one in force before anybody asks. */
export function refuseNumbers(element) {
  const refuse = ({ target }) => {
    if (target.matches("input[type=number]") && !target.validity.valid) target.value = target.defaultValue;
  };
  element.addEventListener("change", refuse, true);
}

async function fill(element, files) {
  const texts = await Promise.all([...files].map((file) => file.text()));
  const field = element.querySelector("[data-drop]");
  field.value = texts.join("\n---\n");
  changed(field);
}

function changed(field) {
  field.dispatchEvent(new Event("change", { bubbles: true }));
}
