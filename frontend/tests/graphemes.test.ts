/** How long a text is, and when one is told. */
import { expect, it } from "vitest";
import { fits, graphemes, room } from "../models/graphemes";

it("counts what one sees as one character once", () => {
  expect(graphemes("👨‍👩‍👧‍👦")).toBe(1);
  expect(graphemes("한")).toBe(1); // composed, or three jamo
  expect(graphemes("é한👩🏽‍🚀🇰🇷")).toBe(4);
  expect(graphemes("한 글e\u0301 ❤️x\n가")).toBe(9);
  expect(graphemes("")).toBe(0);
});

it("tells only near the end", () => {
  expect(room("a".repeat(50), 80)).toBeNull();
  expect(room("a".repeat(75), 80)).toBe(5);
  expect(room("👨‍👩‍👧‍👦".repeat(40), 80)).toBeNull();
  expect(room("🇰🇷".repeat(81), 80)).toBe(-1);
  expect(room("👨‍👩‍👧‍👦".repeat(46), 80)).toBe(-1); // more code points than four for each of 80
  expect(room("가".repeat(20_000), 20_000)).toBe(0);
  expect(room("👨‍👩‍👧‍👦".repeat(3_000), 20_000)).toBeLessThan(0); // more than a frame holds
  expect(fits("a".repeat(1_000_000), 20_000)).toBe(false);
  expect(room("a".repeat(19_799), 20_000)).toBeNull();
  expect(room("a".repeat(19_900), 20_000)).toBe(100);
});
