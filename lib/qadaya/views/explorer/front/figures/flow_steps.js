// From registration to cassation: how many cases went on, and where the others are.

/** @import { View } from "../types.d.ts" */
/** @typedef {{ key: string, n: number }} Part */
/** @typedef {Part & { exits: Part[] }} Step */

// Trunk and exits, each a sum of stages. A case is at exactly one stage, so what went
// on plus what stayed is always what came.
/** @type {[string, string[]][]} */
const TRUNK = [
  ["registered", ["under_investigation", "closed", "referred", "prosecuted",
    "first_instance", "appeal", "cassation"]],
  ["flow_prosecuted", ["prosecuted", "first_instance", "appeal", "cassation"]],
  ["flow_decided", ["first_instance", "appeal", "cassation"]],
  ["flow_appealed", ["appeal", "cassation"]],
  ["flow_cassation", ["cassation"]],
];
const EXITS = [
  [["stay_investigation", "under_investigation"], ["stay_closed", "closed"],
    ["stay_referred", "referred"]],
  [["stay_awaiting", "prosecuted"]],
  [["stay_not_appealed", "first_instance"]],
  [["stay_on_appeal", "appeal"]],
];

/** The steps of the flow, whatever the measure. @param {View} view @returns {Step[]} */
export function flowOf({ facts, sums }) {
  const n = Object.fromEntries(facts.stages.map(({ id }, k) => [id, sums.flow[k]]));
  return TRUNK.map(([key, stages], step) => ({
    key,
    n: stages.reduce((sum, stage) => sum + n[stage], 0),
    exits: (EXITS[step] ?? []).map(([name, stage]) => ({ key: name, n: n[stage] })),
  }));
}
