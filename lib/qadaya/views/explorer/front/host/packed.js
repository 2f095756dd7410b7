// Scripts that come packed: unpacked by the browser, run without an address.

/** @param {BlobPart} packed A text in gzip. */
export async function inflated(packed) {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

/** Runs a script as the text of an element, so that no eval and no address is needed.
 *  @param {string} code */
export function run(code) {
  const script = document.createElement("script");
  script.textContent = code;
  document.head.append(script);
  script.remove();
}
