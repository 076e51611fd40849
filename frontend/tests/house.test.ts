/** The house's colour can be read wherever it stands. */
import { expect, it } from "vitest";
import { contrast, readableAccent } from "../models/house";

it.each([
  ["#ffdd00", ["#f0ebdf", "#fffdf9"], 4.5],
  ["#ffdd00", ["#f0ebdf", "#fffdf9"], 7],
  ["#201060", ["#25221e", "#151310"], 4.5],
  ["#201060", ["#25221e", "#151310"], 7],
] as const)("%s on %s has a contrast of %s", (accent, papers, readable) => {
  const made = readableAccent(accent, papers, readable) ?? "";
  for (const paper of papers) expect(contrast(made, paper)).toBeGreaterThanOrEqual(readable);
});

it("leaves a colour alone that can be read", () => {
  expect(readableAccent("#103020", ["#ffffff"], 7)).toBe("#103020");
  expect(readableAccent("green", ["#ffffff"], 7)).toBeNull();
});
