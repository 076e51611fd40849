// @vitest-environment happy-dom
/** What the documents' page works out by itself: places in a text, differences, headings, lists. */
import { expect, it } from "vitest";
import { count } from "../documents/count";
import { compare, difference } from "../documents/diff";
import { headingsIn, slugOf } from "../documents/headings";
import { touchesLine } from "../documents/held-updates";
import { near } from "../documents/near";
import { stack } from "../documents/stack";
import { spotsFor, treeOf } from "../documents/tree";
import { nextItem } from "../documents/writing-keys";
import type { SharedDocument } from "../wire-documents";
import { ALICE } from "./people";

const shared = (id: number, parent: number | null): SharedDocument => ({
  id,
  channel: 7,
  title: `Document ${id}`,
  parent,
  created_by: ALICE,
  created_at: "2026-11-22T06:05:00.000Z",
  updated_at: "2026-11-22T06:05:00.000Z",
  archived: false,
  version: 1,
  participants: [],
  message: null,
});

it("finds a quote again near where it stood, and trusts the place otherwise", () => {
  expect(near("a b a b a", "b", { index: 5, length: 1 })).toEqual({ from: 6, to: 7 });
  expect(near("two changed", "twoo", { index: 4, length: 7 })).toEqual({ from: 4, to: 11 });
  expect(near(`${"x".repeat(300)}b`, "b", { index: 0, length: 1 })).toEqual({ from: 0, to: 1 });
  expect(near("short", "gone", { index: 50, length: 4 })).toEqual({ from: 5, to: 5 });
});

it.each([
  ["in it", [{ retain: 12 }, { insert: "x" }], true],
  ["at its beginning", [{ retain: 10 }, { insert: "x" }], true],
  ["at its end", [{ retain: 20 }, { insert: "x" }], true],
  ["before it", [{ retain: 3 }, { insert: "x\n" }], false],
  ["after it", [{ retain: 21 }, { insert: "x" }], false],
  ["a deletion of the line break before it", [{ retain: 9 }, { delete: 1 }], true],
  ["a deletion far before it", [{ delete: 9 }], false],
  ["behind another change", [{ insert: "x" }, { retain: 11 }, { delete: 2 }], true],
])("sees that a change touches the line: %s", (_, delta, touches) => {
  expect(touchesLine(delta, { from: 10, to: 20 })).toBe(touches);
});

it("counts what people take for words and characters", () => {
  expect(count("Hello, world")).toEqual({ words: 2, characters: 12 });
  expect(count("안녕하세요 여러분\n👩‍👩‍👧")).toEqual({ words: 2, characters: 10 });
  expect(count("각")).toEqual({ words: 1, characters: 1 });
  expect(count("")).toEqual({ words: 0, characters: 0 });
});

it("finds the shortest way from one text to the other", () => {
  const pieces = compare([..."abcabba"], [..."cbabac"]);
  const side = (kind: string) =>
    pieces
      .filter((piece) => piece.kind === "same" || piece.kind === kind)
      .map(({ text }) => text)
      .join("");
  expect(side("removed")).toBe("abcabba");
  expect(side("added")).toBe("cbabac");
  expect(pieces.filter(({ kind }) => kind !== "same")).toHaveLength(5);
});

it("rebuilds both texts from any difference", () => {
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * below);
  };
  for (let round = 0; round < 300; round++) {
    const text = () => Array.from({ length: random(12) }, () => "abc"[random(3)] ?? "");
    const [before, after] = [text(), text()];
    const pieces = compare(before, after);
    const side = (kind: string) =>
      pieces.filter((piece) => piece.kind === "same" || piece.kind === kind).map((p) => p.text);
    expect(side("removed")).toEqual(before);
    expect(side("added")).toEqual(after);
  }
});

it("shows the words that changed, and only the lines near them", () => {
  const far = Array.from({ length: 9 }, (_, index) => `line ${index}`).join("\n");
  const rows = difference(`${far}\nmeet on Monday`, `${far}\nmeet on Friday`);
  expect(rows.map(({ kind }) => kind)).toEqual(["skipped", "same", "same", "removed", "added"]);
  expect(rows.at(-1)?.pieces.filter(({ kind }) => kind === "added")).toEqual([
    { kind: "added", text: "Friday" },
  ]);
});

it("gives each heading an address, in Korean too", () => {
  expect(slugOf("결정 사항 (2차)")).toBe("결정-사항-2차");
  const headings = headingsIn("# One\n\ntext\n\n## **Two**\n\n# One\n\nThree\n=====\n");
  expect(headings.map(({ level, title, slug }) => [level, title, slug])).toEqual([
    [1, "One", "one"],
    [2, "Two", "two"],
    [1, "One", "one-2"],
    [1, "Three", "three"],
  ]);
});

it("makes a tree, also of what makes none", () => {
  const [root] = treeOf([shared(1, null), shared(2, 1), shared(3, 2)]);
  expect(root?.children[0]?.children[0]?.document.id).toBe(3);
  const ring = treeOf([shared(1, 2), shared(2, 1), shared(3, 99)]);
  expect(ring.map((branch) => branch.document.id)).toEqual([1, 2, 3]);
});

it("offers every place but those under the document itself", () => {
  const tree = treeOf([shared(1, null), shared(2, 1), shared(3, 2), shared(4, null)]);
  const offered = (id: number) =>
    spotsFor(id, tree).map(({ document, depth }) => [document.id, depth]);
  expect(offered(2)).toEqual([
    [1, 0],
    [4, 0],
  ]);
  expect(offered(0)).toEqual([
    [1, 0],
    [2, 1],
    [3, 2],
    [4, 0],
  ]);
});

it("puts no note over another, and the chosen one beside its text", () => {
  const notes = [
    { id: 1, at: 0, height: 100 },
    { id: 2, at: 20, height: 50 },
    { id: 3, at: 30, height: 50 },
  ];
  expect([...stack(notes, 0).values()]).toEqual([0, 110, 170]);
  expect(stack(notes, 3)).toEqual(
    new Map([
      [3, 30],
      [2, -30],
      [1, -140],
    ]),
  );
});

it.each([
  ["- tea", "- ", false],
  ["  * tea", "  * ", false],
  ["9. tea", "10. ", false],
  ["- [x] done", "- [ ] ", false],
  ["> - quoted", "> - ", false],
  ["- ", "- ", true],
])("goes on after %s", (line, begin, isEmpty) => {
  expect(nextItem(line)).toEqual({ begin, isEmpty });
});

it("goes on with nothing after plain text", () => expect(nextItem("tea - with milk")).toBeNull());
