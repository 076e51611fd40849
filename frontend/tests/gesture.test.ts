/** What a finger means. */
import { expect, it } from "vitest";
import { gestureOf } from "../models/gesture";

const from = (x: number, y: number, at: number) => gestureOf({ x: 0, y: 0, at: 0 }, { x, y, at });

it.each([
  [80, 10, 200, "swipe-right"],
  [-80, 10, 200, "swipe-left"],
  [3, 2, 500, "long-press"],
  [3, 2, 100, null],
  [80, 60, 200, null],
  [40, 0, 200, null],
  [80, 0, 900, null],
  [0, 200, 300, null],
] as const)("%i, %i within %i ms is %s", (x, y, at, gesture) =>
  expect(from(x, y, at)).toBe(gesture),
);
