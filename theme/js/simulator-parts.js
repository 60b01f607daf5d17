// The parts of the player that its program writes as HTML. When one is written anew, only what
// differs from what was written before is changed: elements stay, and with them the focus, what was
// unfolded, and what the page's other scripts did to them.

/** What was written last into each place. */
const written = new WeakMap();

/** Makes a part of the player what the HTML says; a part that is not there is left out. */
export function write(element, part, html) {
  const place = element.querySelector(`[data-part="${part}"]`);
  if (!place) return;
  const before = written.get(place);
  written.set(place, html);
  if (before === undefined) place.innerHTML = html;
  else change(place, parsed(before), parsed(html));
}

function parsed(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

/** Whether one node can become the other. */
function isSame(before, now) {
  return before.nodeName === now.nodeName && identity(before) === identity(now);
}

/** What an element is there for: what it does, or what it looks like. */
function identity(node) {
  return node.dataset?.act ?? node.classList?.item(0)?.replace(/^is-.*/, "") ?? "";
}

/** Changes the children of a live element from what they were written as to what they are now. */
function change(live, before, now) {
  const were = [...before.childNodes].map((written, nth) => ({ written, node: live.childNodes[nth] }));
  // Something beside the page, such as a translator, put other elements there.
  if (were.some(({ written, node }) => node?.nodeName !== written.nodeName)) {
    live.replaceChildren(...now.cloneNode(true).childNodes);
    return;
  }
  for (const wanted of now.childNodes) {
    const at = were.findIndex(({ written }) => isSame(written, wanted));
    if (at < 0) {
      live.insertBefore(wanted.cloneNode(true), were[0]?.node ?? null);
      continue;
    }
    for (const { node } of were.splice(0, at)) node.remove();
    const { node, written } = were.shift();
    adapt(node, written, wanted);
  }
  for (const { node } of were) node.remove();
}

function adapt(live, before, now) {
  if (live.nodeType !== Node.ELEMENT_NODE) {
    if (before.data !== now.data) live.data = now.data;
    return;
  }
  for (const name of new Set([...before.getAttributeNames(), ...now.getAttributeNames()])) {
    const value = now.getAttribute(name);
    if (before.getAttribute(name) === value) continue;
    if (value === null) live.removeAttribute(name);
    else live.setAttribute(name, value);
  }
  // What a field holds is no longer what its HTML says once a reader was there.
  if (live.matches("textarea")) {
    if (live.value !== now.value) live.value = now.value;
    return;
  }
  change(live, before, now);
  if (live.matches("select, input:not([type=file])") && before.value !== now.value) live.value = now.value;
  if (before.checked !== now.checked) live.checked = now.checked;
}
