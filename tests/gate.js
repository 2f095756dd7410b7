// What a reader would stumble over in a page, measured as the browser laid it out. Run
// inside the page by `gate.py`; gives a list of faults for the width that it has now.

() => {
  const faults = new Map();
  const fault = (check, text, other = "") => {
    const key = `${check}|${text}|${other}`;
    if (!faults.has(key))
      faults.set(key, { check, text: short(text), other: short(other) });
  };
  const short = (text) => text.replace(/\s+/g, " ").trim().slice(0, 70);
  const page = document.documentElement;
  const seen = (node) => node.checkVisibility({ opacityProperty: true,
    visibilityProperty: true, contentVisibilityAuto: true });

  // Text that stands in a folded part itself, and not in an element of it.
  const folded = (parent) => parent.matches("details:not([open])")
    && getComputedStyle(parent, "::details-content").contentVisibility === "hidden";

  const rgba = (text) => {
    const [r, g, b, a = 1] = (text.match(/[\d.]+/g) ?? [0, 0, 0, 0]).map(Number);
    return { r, g, b, a };
  };

  // The part of an element's surroundings that shows it: what scrolls hides the rest.
  const clips = new Map();
  function clipOf(node) {
    if (!node || node === page || node === document.body)
      return { left: -Infinity, right: Infinity, top: -Infinity, bottom: Infinity };
    if (clips.has(node)) return clips.get(node);
    let clip = clipOf(node.parentElement);
    const style = getComputedStyle(node);
    if (style.overflowX !== "visible" || style.overflowY !== "visible") {
      const box = node.getBoundingClientRect();
      clip = { left: Math.max(clip.left, box.left), right: Math.min(clip.right, box.right),
        top: Math.max(clip.top, box.top), bottom: Math.min(clip.bottom, box.bottom) };
    }
    clips.set(node, clip);
    return clip;
  }

  // Every piece of text that shows, line by line, as high as its letters.
  function* pieces() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.nodeValue;
      const parent = node.parentElement;
      if (!text.trim() || parent.closest("script,style,noscript,title,template,option"))
        continue;
      if (parent.closest("#js-plotly-tester,.MathJax") || !seen(parent) || folded(parent))
        continue;
      range.selectNodeContents(node);
      const size = parseFloat(getComputedStyle(parent).fontSize);
      const scale = parent.ownerSVGElement ? parent.getScreenCTM()?.a ?? 1 : 1;
      const half = 0.3 * size * Math.abs(scale);
      for (const box of range.getClientRects()) {
        if (box.width < 1.5 || box.height < 1.5) continue;
        const middle = (box.top + box.bottom) / 2;
        yield { node, parent, text, left: box.left, right: box.right,
          top: middle - half, bottom: middle + half };
      }
    }
  }
  const turned = (parent) => {
    const matrix = parent.ownerSVGElement && parent.getScreenCTM();
    return Boolean(matrix && Math.abs(matrix.b) > 0.01);
  };
  // A cell that stays, on a ground of its own, covers what scrolls under it.
  const beside = (parent, clip) => {
    const stays = parent.closest("tr")?.firstElementChild;
    if (!stays || stays.contains(parent)) return clip;
    const { position, backgroundColor } = getComputedStyle(stays);
    if (position !== "sticky" || rgba(backgroundColor).a < 1) return clip;
    const box = stays.getBoundingClientRect();
    return getComputedStyle(stays).direction === "rtl"
      ? { ...clip, right: Math.min(clip.right, box.left) }
      : { ...clip, left: Math.max(clip.left, box.right) };
  };
  const shown = (piece) => {
    const { parent, left, right, top, bottom } = piece;
    const clip = beside(parent, clipOf(parent.ownerSVGElement?.parentElement ?? parent));
    return { ...piece, left: Math.max(left, clip.left), right: Math.min(right, clip.right),
      top: Math.max(top, clip.top), bottom: Math.min(bottom, clip.bottom),
      whole: [left, right] };
  };
  const all = [...pieces()].map(shown)
    .filter(({ left, right, top, bottom }) => right > left + 1 && bottom > top + 1);
  const upright = all.filter(({ parent }) => !turned(parent));

  // Text over text.
  const inOrder = [...upright].sort((one, other) => one.top - other.top);
  inOrder.forEach((one, k) => {
    for (let j = k + 1; j < inOrder.length && inOrder[j].top < one.bottom - 1; j += 1) {
      const other = inOrder[j];
      if (one.node === other.node) continue;
      const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      if (across > 2 && down > 2) fault("text over text", one.text, other.text);
    }
  });

  // Text cut: by what hides and does not scroll, by its drawing, by the page.
  for (const { parent, text, whole: [left, right] } of upright) {
    for (let at = parent; at && at !== document.body; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (/auto|scroll/.test(style.overflowX)) break;
      const drawing = at instanceof SVGSVGElement;
      if (!drawing && at instanceof SVGElement) continue;
      if (!/hidden|clip/.test(style.overflowX) || style.textOverflow === "ellipsis") continue;
      const box = at.getBoundingClientRect();
      if (left < box.left - 1.5 || right > box.right + 1.5) fault("text cut", text);
    }
    if (!inScroller(parent) && (left < -1 || right > page.clientWidth + 1)) fault("text cut", text);
  }

  function inScroller(node) {
    for (let at = node; at && at !== document.body; at = at.parentElement)
      if (/auto|scroll|hidden|clip/.test(getComputedStyle(at).overflowX)) return true;
    return false;
  }

  // The marks of a drawing: what is painted, once, with its box.
  const NO_MARK = "defs,clipPath,pattern,.draglayer,.hoverlayer,.modebar";
  const painted = new Map();
  function marksOf(plot) {
    if (!painted.has(plot))
      painted.set(plot, [...plot.querySelectorAll("path,line,rect,circle,polyline,polygon")]
        .filter((mark) => !mark.closest(NO_MARK) && seen(mark)).map(markOf)
        .filter(({ stroked, fill }) => stroked || fill));
    return painted.get(plot);
  }
  function markOf(mark) {
    const style = getComputedStyle(mark);
    const fill = /^rgb/.test(style.fill) ? rgba(style.fill) : null;
    if (fill) fill.a *= parseFloat(style.fillOpacity);
    const stroked = style.stroke !== "none" && parseFloat(style.strokeOpacity) > 0.05
      && parseFloat(style.strokeWidth) > 0;
    const hatched = style.fill.startsWith("url");
    return { mark, box: mark.getBoundingClientRect(), stroked: stroked || hatched,
      fill: fill && fill.a > 0.05 ? fill : null };
  }
  const plotOf = (svg) => svg?.closest(".js-plotly-plot") ?? svg;

  // Text over marks: an outline or a line of the same drawing goes through it.
  const drawn = new Map();
  for (const piece of upright) {
    const plot = plotOf(piece.parent.ownerSVGElement);
    if (!plot) continue;
    if (!drawn.has(plot)) drawn.set(plot, []);
    drawn.get(plot).push(piece);
  }
  const GROUND = ".gridlayer,.zerolinelayer,.bglayer,.annotation,.annotation-text-g,"
    + ".titletext,.legend .bg";
  for (const [plot, texts] of drawn)
    for (const { mark, box } of marksOf(plot)) {
      const near = texts.filter((text) => text.right > box.left && text.left < box.right
        && text.bottom > box.top && text.top < box.bottom);
      if (near.length === 0 || mark.closest(GROUND)) continue;
      const matrix = mark.getScreenCTM();
      const length = mark.getTotalLength();
      const steps = Math.min(1500, Math.ceil(length / 2));
      const met = new Set();
      for (let k = 0; k <= steps && met.size < near.length; k += 1) {
        const { x, y } = mark.getPointAtLength((length * k) / steps).matrixTransform(matrix);
        for (const text of near)
          if (x > text.left + 1 && x < text.right - 1 && y > text.top && y < text.bottom)
            met.add(text);
      }
      for (const { parent, text } of met)
        if (!hasHalo(parent))
          fault("text over marks", text, mark.closest("g[class]")?.getAttribute("class"));
    }
  // What interrupts the line behind it: a ground of its own, or a rim of its letters.
  function hasHalo(parent) {
    const ground = parent.closest(".annotation")?.querySelector("rect.bg");
    if (ground && parseFloat(getComputedStyle(ground).fillOpacity) > 0.9) return true;
    const style = getComputedStyle(parent.closest("text") ?? parent);
    const written = parent.closest("text")?.style.textShadow || style.textShadow;
    return (written && written !== "none")
      || (/^stroke/.test(style.paintOrder) && parseFloat(style.strokeWidth) > 1);
  }

  if (page.scrollWidth > page.clientWidth)
    fault("sideways scroll", `${page.scrollWidth} of ${page.clientWidth} px`);

  // Contrast, inside drawings too: of the text with what was painted last beneath it.
  const over = (top, below) => ({ r: top.r * top.a + below.r * (1 - top.a),
    g: top.g * top.a + below.g * (1 - top.a), b: top.b * top.a + below.b * (1 - top.a), a: 1 });
  const light = ({ r, g, b }) => {
    const [x, y, z] = [r, g, b].map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const contrast = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const grounds = new Map();
  function groundOf(node) {
    if (!node) return { r: 255, g: 255, b: 255, a: 1 };
    if (grounds.has(node)) return grounds.get(node);
    const own = rgba(getComputedStyle(node).backgroundColor);
    const ground = own.a === 1 ? own : over(own, groundOf(node.parentElement));
    grounds.set(node, ground);
    return ground;
  }
  function beneath({ parent, left, right, top, bottom }) {
    const svg = parent.ownerSVGElement;
    if (!svg) return groundOf(parent);
    const point = new DOMPoint((left + right) / 2, (top + bottom) / 2);
    const plot = plotOf(svg);
    let ground = groundOf(svg.parentElement);
    for (const { mark, box, fill } of marksOf(plot)) {
      if (!fill || point.x < box.left || point.x > box.right || point.y < box.top
        || point.y > box.bottom) continue;
      if (mark.compareDocumentPosition(parent) & Node.DOCUMENT_POSITION_PRECEDING) continue;
      const inside = point.matrixTransform(mark.getScreenCTM().inverse());
      if (mark.isPointInFill(inside))
        ground = over({ ...fill, a: fill.a * opacityOf(mark, plot) }, ground);
    }
    return ground;
  }
  function opacityOf(node, top) {
    let opacity = 1;
    for (let at = node; at && at !== top; at = at.parentElement)
      opacity *= parseFloat(getComputedStyle(at).opacity);
    return opacity;
  }
  for (const piece of all) {
    const { parent, text } = piece;
    if (parent.closest(":disabled,[aria-disabled=true]")) continue;
    const style = getComputedStyle(parent);
    const ground = beneath(piece);
    const ink = rgba(parent.ownerSVGElement ? style.fill : style.color);
    ink.a *= opacityOf(parent, document.body);
    if (parent.ownerSVGElement) ink.a *= parseFloat(style.fillOpacity);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && parseInt(style.fontWeight) >= 700);
    const found = contrast(over(ink, ground), ground);
    if (found < (large ? 3 : 4.5)) fault("contrast", text, found.toFixed(2));
  }

  // An empty figure.
  for (const plot of document.querySelectorAll(".plot,.qx-plot,figure,svg[role=img]")) {
    if (!seen(plot)) continue;
    const holds = plot.matches(".plot,.qx-plot")
      ? plot.querySelector(".trace,.point,.points path,.sankey,.annotation,.nochart")
        || plot.querySelector("svg:not(.main-svg) :is(path,rect,circle,text)")
      : plot.textContent.trim() || plot.querySelector("img,canvas,path,rect,circle");
    const { width, height } = plot.getBoundingClientRect();
    if (!holds || width < 20 || height < 10) fault("empty figure", plot.id || plot.className);
  }

  // Numbers, spaces and runs of the other direction, by the language they stand in.
  const QUOTED = "code,pre,kbd,samp,.hash,.qx-puburl,a[href^='http'],[translate=no]";
  const NUMBERS = {
    fr: [/(?<![\w,.])[1-9]\d{0,2}(,\d{3})+(?!\w)/, /(?<![\d.,])(?!20\d\d\.\d)\d+\.\d+(?![\d.])/],
    other: [/(?<![\w.,])\d{1,3}([\u00a0\u202f ]\d{3})+(?!\w)/, /(?<![\w.,])[1-9]\d{0,2}(\.\d{3})+(?![\w.])/,
      /(?<![\d.,])\d+,\d{1,2}(?![\d,])/],
  };
  const UNPARTED = /(?<![\w.,/#-])\d{5,}(?![\w/-])/;
  for (const { node, parent, text } of new Map(all.map((one) => [one.node, one])).values()) {
    if (parent.closest(QUOTED)) continue;
    const language = parent.closest("[lang]")?.lang.slice(0, 2) ?? "en";
    // The manifest ends a citation; one hash in forty has digits alone.
    const told = parent.closest(".qx-cite") ? text.replace(/\b[0-9a-f]{8}\b/g, "") : text;
    const plain = told.replace(/[\u200e\u200f\u061c\u2060\u2066-\u2069]/g, "");
    for (const wrong of [...NUMBERS[language === "fr" ? "fr" : "other"], UNPARTED]) {
      const found = plain.match(wrong);
      if (found) fault("number", found[0], text);
    }
    if (language === "fr") {
      const before = node.previousSibling?.nodeType === Node.TEXT_NODE
        ? node.previousSibling.nodeValue.slice(-1) : "";
      if (/[ \n\t][:;?!»](?![/\\)])|« [^\u00a0]/.test(before + plain)) fault("french space", text);
    }
  }

  // A run that must stay whole: "p = 0.38", "16–48", what is isolated and short.
  const RUN = /\u2066[^\u2066-\u2069]{2,20}\u2069|\(?p [=<] [\d.,]+\)?|\d+–\u2060?\d+/g;
  const range = document.createRange();
  for (const { node, parent, text } of new Map(all.map((one) => [one.node, one])).values())
    for (const run of text.matchAll(RUN)) {
      if (!/\d/.test(run[0]) || parent.closest("code,pre")) continue;
      range.setStart(node, run.index);
      range.setEnd(node, run.index + run[0].length);
      const lines = new Set([...range.getClientRects()].filter(({ width }) => width > 1)
        .map(({ top, bottom }) => Math.round((top + bottom) / 20)));
      const [least, most] = [Math.min(...lines), Math.max(...lines)];
      if (most - least > 0 && range.getBoundingClientRect().height > 1.6
        * parseFloat(getComputedStyle(parent).fontSize) * 1.2)
        fault("run broken", run[0], text);
    }
  for (const { parent, text } of all) {
    const line = parent.closest("tspan.line") ?? (parent.closest("text") && parent);
    if (line && line === parent && /(?:[=<±]|\(p|p =)\s*[\u2066-\u2069]*$/.test(text)
      && line.nextElementSibling) fault("run broken", text);
  }
  return [...faults.values()];
}
