// Files that a page makes itself, and texts that it copies.

/** @param {string} name @param {Blob} content */
export function saveFile(name, content) {
  const link = document.createElement("a");
  const address = URL.createObjectURL(content);
  link.download = name;
  link.href = address;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 30_000);
}

/** A data address becomes a file without asking any address. @param {string} address */
export function contentOf(address) {
  const [head, data] = address.split(/,(.*)/s);
  const bytes = head.endsWith(";base64")
    ? Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))
    : new TextEncoder().encode(decodeURIComponent(data));
  return new Blob([bytes], { type: head.slice(5).split(";")[0] });
}

/** Copies a text; false when the browser keeps its clipboard closed.
 *  @param {string} text */
export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedBySelection(text);
  }
}

// Browsers without the clipboard for local files still have the older way.
/** @param {string} text */
function copiedBySelection(text) {
  const held = document.activeElement;
  const area = document.createElement("textarea");
  area.setAttribute("aria-hidden", "true");
  area.style.cssText = "position:fixed;inset-block-start:0;opacity:0";
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (held instanceof HTMLElement) held.focus();
  return done;
}
