// A stand-in for the model that JupyterLab would give the explorer.

/** @import { Model } from "../../../views/explorer/front/types.d.ts" */
/** @typedef {(...facts: any[]) => void} Listener */

/** @param {Record<string, any>} state @returns {Model} */
export function standIn(state) {
  const values = { ...state };
  const heard = listeners();
  return {
    get: (key) => values[key],
    set(key, value) {
      /** @type {Record<string, any>} */
      const changes = typeof key === "string" ? { [key]: value } : key;
      const changed = Object.keys(changes).filter((each) => values[each] !== changes[each]);
      Object.assign(values, changes);
      for (const each of changed) heard.emit(`change:${each}`, this, values[each]);
      if (changed.length) heard.emit("change", this);
    },
    on: heard.on,
    off: heard.off,
    save_changes() {},
    send() {},
  };
}

// Each listener by the event that it waits for.
function listeners() {
  /** @type {Map<string, Set<Listener>>} */
  const waiting = new Map();
  return {
    /** @param {string} event @param {any[]} facts */
    emit(event, ...facts) {
      for (const listener of [...(waiting.get(event) ?? [])]) listener(...facts);
    },
    /** @param {string} events @param {Listener} listener */
    on(events, listener) {
      for (const event of events.split(/\s+/))
        waiting.set(event, (waiting.get(event) ?? new Set()).add(listener));
    },
    /** @param {string | null} [events] @param {Listener} [listener] */
    off(events, listener) {
      if (!events) return waiting.clear();
      for (const event of events.split(/\s+/))
        if (listener) waiting.get(event)?.delete(listener);
        else waiting.delete(event);
    },
  };
}
