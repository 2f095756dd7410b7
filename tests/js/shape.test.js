// The shape of the front end: short functions, short files.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { parse } from "acorn";

const LIB = fileURLToPath(new URL("../../lib/qadaya/", import.meta.url));
const LONGEST_FILE = 250;
const LONGEST_FUNCTION = 40;
const FUNCTIONS = ["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"];

const files = readdirSync(LIB, { recursive: true }).map(String)
  .filter((name) => name.endsWith(".js"));

/** Every function in a piece of a syntax tree, those inside others too. */
function* functionsIn(node) {
  if (FUNCTIONS.includes(node.type)) yield node;
  for (const value of Object.values(node))
    for (const child of Array.isArray(value) ? value : [value])
      if (typeof child?.type === "string") yield* functionsIn(child);
}

const linesOf = ({ loc }) => loc.end.line - loc.start.line + 1;

test("the front end is there", () => {
  assert.ok(files.length > 30, `${files.length} files`);
});

for (const name of files)
  test(`${name} has one job`, () => {
    const text = readFileSync(LIB + name, "utf-8");
    const tree = parse(text, { ecmaVersion: "latest", sourceType: "module", locations: true });
    assert.ok(text.split("\n").length <= LONGEST_FILE, `more than ${LONGEST_FILE} lines`);
    for (const each of functionsIn(tree))
      assert.ok(linesOf(each) <= LONGEST_FUNCTION,
        `line ${each.loc.start.line}: a function of ${linesOf(each)} lines`);
  });
