// Code on paper: a line too long for it goes on at a space and is set in; see css/blocks.css.
// Without this script it goes on wherever the browser may break, such as after a hyphen.

const part = (className, ...children) => {
  const span = document.createElement("span");
  span.className = className;
  span.append(...children);
  return span;
};

// A newline stays inside its line, so that the text is what it was.
const line = (text) =>
  part("code-line", ...text.split(/(\s+)/).map((it) => (it.trim() ? part("code-word", it) : it)));

addEventListener("beforeprint", () => {
  for (const code of document.querySelectorAll("main pre > code:not(dockershim-simulator *)")) {
    if (!code.firstElementChild) code.replaceChildren(...code.textContent.split(/^/m).map(line));
  }
});
