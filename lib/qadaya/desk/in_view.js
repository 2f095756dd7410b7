// What the desk says, and how far its work is, is brought into view where it is not.
//
// A click may stand below a long list that is gone when the work is done: what the
// desk then says would be out of sight.

const SAID = ".qd-said.qd-done, .qd-said.qd-warned";

/** @param {Node} node @param {string} selector */
const isOne = (node, selector) =>
  node instanceof HTMLElement && node.matches(selector) ? node : null;

/** @param {MutationRecord} change */
const toShow = ({ type, target, addedNodes }) => {
  if (type === "childList") {
    return [...addedNodes].map((node) => isOne(node, SAID)).find(Boolean);
  }
  const going = isOne(target, ".qd-going");
  return going?.style.display === "none" ? null : going;
};

export default {
  /** @param {{ el: HTMLElement }} host */
  render({ el }) {
    const watcher = new MutationObserver((changes) => {
      const shown = changes.map(toShow).filter((each) => each != null);
      shown.pop()?.scrollIntoView({ block: "nearest" });
    });
    let left = false;
    // The desk is put together before it is put into the page.
    const begin = () => {
      const desk = el.closest(".qd-desk");
      if (desk) {
        watcher.observe(desk, {
          attributeFilter: ["style"],
          childList: true,
          subtree: true,
        });
      } else if (!left) requestAnimationFrame(begin);
    };
    begin();
    return () => {
      left = true;
      watcher.disconnect();
    };
  },
};
