// Keys pressed in the desk are the desk's: JupyterLab takes none of them for a cell.
//
// Its letters and arrows act on the cell around a field that is no text: they would
// move on to the next cell instead of the next line of a list, and D twice deletes.
// It asks the field itself, before those around it, whether it keeps its keys.

export default {
  render() {
    /** @param {FocusEvent} event */
    const keep = ({ target }) => {
      if (target instanceof Element && target.closest(".qd-desk"))
        target.setAttribute("data-lm-suppress-shortcuts", "true");
    };
    document.addEventListener("focusin", keep);
    return () => document.removeEventListener("focusin", keep);
  },
};
