// When the program itself fails, the reader is told what happened, gets the link that leads there
// again, and has the static figures back.

const WORDS = {
  en: {
    stopped: (said) => `The simulator has stopped: its program made a mistake (${said}). `,
    link: "This link leads to where it happened.",
    then: " Please add it when you report this. The recorded run is below.",
  },
  "zh-CN": {
    stopped: (said) => `模拟器停了，程序自身出了错（${said}）。`,
    link: "这个链接回到出错的地方。",
    then: "报告问题时请附上它。下面是录制的运行过程。",
  },
};

/** The player writes the address once its reader stands still; by then it has. */
const SETTLED_MS = 500;

let stopped = false;

/** Ends every figure of the page: they share one program, which cannot be trusted any more. */
export function stop(error) {
  if (stopped) return;
  stopped = true;
  for (const live of document.querySelectorAll("dockershim-simulator > .sim-live")) {
    const figure = live.parentElement;
    const note = message(WORDS[figure.lang] ?? WORDS.en, error);
    const focused = live.contains(document.activeElement);
    live.replaceWith(note);
    figure.classList.add("has-stopped");
    if (focused) note.focus();
  }
}

/** Whether the program runs no more. */
export function hasStopped() {
  return stopped;
}

function message(words, error) {
  const note = Object.assign(document.createElement("p"), { className: "sim-note", tabIndex: -1 });
  note.setAttribute("role", "alert");
  const link = document.createElement("a");
  const lead = () => {
    link.href = location.href;
  };
  lead();
  setTimeout(lead, SETTLED_MS);
  link.textContent = words.link;
  note.append(words.stopped(error.message ?? error), link, words.then);
  return note;
}

/** Whether an error comes out of a wasm module: browsers name it in the stack. */
function isOurs(error) {
  return error instanceof WebAssembly.RuntimeError || /wasm/.test(error?.stack);
}

/** An object whose methods end the figures when they fail. */
export function guarded(object) {
  const call = (method) => (...args) => {
    try {
      return method.apply(object, args);
    } catch (error) {
      stop(error);
      throw error;
    }
  };
  return new Proxy(object, {
    get: (target, name) => {
      const value = target[name];
      return typeof value === "function" ? call(value) : value;
    },
  });
}

addEventListener("error", ({ error }) => isOurs(error) && stop(error));
addEventListener("unhandledrejection", ({ reason }) => isOurs(reason) && stop(reason));
