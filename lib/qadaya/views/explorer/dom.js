// Elements are built from text nodes and attributes only: a name stays text.

const SVG = "http://www.w3.org/2000/svg";

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.flat(Infinity).filter((child) => child != null));
  return node;
}

const h = (tag, attributes, ...children) =>
  filled(document.createElement(tag), attributes, children);

const svg = (tag, attributes, ...children) =>
  filled(document.createElementNS(SVG, tag), attributes, children);

const hiddenText = (text) => h("span", { class: "qx-vh" }, text);

// Figures, signs and Latin words keep their order inside Arabic sentences.
const ltr = (text) => h("span", { class: "qx-ltr" }, text);

// The mark of a platform: disc, lozenge, square; the same shapes as in the plots.
const MARKS = {
  NCMEC: () => svg("circle", { cx: 7, cy: 7, r: 6, class: "qx-sn" }),
  CPS: () => svg("path", { d: "M7 0l7 7l-7 7l-7-7z", class: "qx-sc" }),
  other: () => svg("path", { d: "M1.5 1.5h11v11h-11z", class: "qx-sb" }),
};

const mark = (platform) =>
  svg(
    "svg",
    { class: "qx-mk", viewBox: "0 0 14 14", "aria-hidden": "true" },
    (MARKS[platform] ?? MARKS.other)(),
  );

// Puts new content in a place without losing the focus that stands inside it. What is
// the same stays: a browser styles and lays out only what differs, and a table that was
// scrolled stays where it was.
function refill(place, ...children) {
  const held = place.contains(document.activeElement);
  replaceDiffering(place, filled(place.cloneNode(false), null, children));
  if (held && !place.contains(document.activeElement)) {
    place.tabIndex = -1;
    place.focus({ preventScroll: true });
  }
}

function replaceDiffering(place, fresh) {
  const wanted = [...fresh.childNodes];
  wanted.forEach((node, k) => {
    const was = place.childNodes[k];
    if (!was) place.append(node);
    else if (!was.isEqualNode(node)) become(was, node);
  });
  while (place.childNodes.length > wanted.length) place.lastChild.remove();
}

// Only of what listens to nothing: a node that stays keeps its own listeners. What the
// reader has opened stays open.
function become(was, node) {
  if (was.nodeName !== node.nodeName) was.replaceWith(node);
  else if (was.nodeType === Node.TEXT_NODE) was.data = node.data;
  else {
    for (const { name } of [...was.attributes])
      if (name !== "open" && !node.hasAttribute(name)) was.removeAttribute(name);
    for (const { name, value } of node.attributes)
      if (was.getAttribute(name) !== value) was.setAttribute(name, value);
    replaceDiffering(was, node);
  }
}

// In JupyterLab each explorer runs a module of its own: the count is the page's.
const nextId = () =>
  `qx-${(globalThis.qadayaIds = (globalThis.qadayaIds ?? 0) + 1)}`;
