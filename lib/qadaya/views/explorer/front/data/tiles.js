// The circuits as tiles of a map: which are picked, what a press chooses, and where an
// arrow key leads. North is up and west is left in every language.

/** @import { Facts, Selection } from "../types.d.ts" */

/** @typedef {"true" | "false" | "mixed"} Pressed */

/**
 * For each circuit whether it is picked out: wholly, in part or not. While every court
 * is chosen none is.
 * @param {Facts} facts
 * @param {Selection} selection
 * @returns {Pressed[]}
 */
export function pickedCircuits({ courts, circuits }, selection) {
  const all = selection.courts.length === courts.length;
  const wanted = new Set(selection.courts);
  return circuits.map((_, circuit) => {
    const members = courts.filter((court) => court.circuit === circuit);
    const n = members.filter(({ id }) => wanted.has(id)).length;
    if (all || n === 0) return "false";
    return n === members.length ? "true" : "mixed";
  });
}

/**
 * The courts chosen after a press on a circuit: it alone when no circuit was picked out,
 * one more or one fewer later, and all courts again once none is left.
 * @param {Facts} facts
 * @param {Selection} selection
 * @param {number} circuit
 */
export function courtsAfterPress(facts, selection, circuit) {
  const all = facts.courts.map(({ id }) => id);
  const picked = pickedCircuits(facts, selection)[circuit];
  const every = selection.courts.length === all.length;
  const before = new Set(every ? [] : selection.courts);
  const next = facts.courts.filter((court) => court.circuit === circuit
    ? picked !== "true" : before.has(court.id)).map(({ id }) => id);
  return next.length ? next : all;
}

/** Tiles as they are read: from north to south, from west to east.
 *  @param {[number, number][]} tiles */
export const inRows = (tiles) => tiles.map((_, k) => k).sort((one, other) =>
  tiles[one][0] - tiles[other][0] || tiles[one][1] - tiles[other][1]);

// Rows and columns that an arrow key moves by.
/** @type {Record<string, [number, number]>} */
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/**
 * The tile that a key leads to from another: the nearest that way, one straight ahead
 * before one aside; the first and the last for Home and End. Null where none is.
 * @param {[number, number][]} tiles
 * @param {number} from
 * @param {string} key
 * @returns {number | null}
 */
export function tileAfterKey(tiles, from, key) {
  const inOrder = inRows(tiles);
  if (key === "Home") return inOrder[0];
  if (key === "End") return inOrder[inOrder.length - 1];
  if (!(key in STEPS)) return null;
  const [down, right] = STEPS[key];
  /** @type {{ tile: number | null, far: number }} */
  const nearest = { tile: null, far: Infinity };
  for (const tile of inOrder) {
    const [rows, columns] = [tiles[tile][0] - tiles[from][0], tiles[tile][1] - tiles[from][1]];
    const ahead = rows * down + columns * right;
    const far = ahead + 2 * Math.abs(rows * right + columns * down);
    if (ahead > 0 && far < nearest.far) Object.assign(nearest, { tile, far });
  }
  return nearest.tile;
}
