/** When a status ends by itself. */
import { expect, it } from "vitest";
import { atMoment, endOf } from "../models/expiry";

const at = (text: string) => new Date(text).getTime();
const NOW = at("2026-11-19T15:30:00"); // a Thursday

it.each([
  ["30m", "2026-11-19T16:00:00"],
  ["1h", "2026-11-19T16:30:00"],
  ["4h", "2026-11-19T19:30:00"],
  ["today", "2026-11-19T23:59:59"],
  ["week", "2026-11-22T23:59:59"],
] as const)("%s ends at %s", (span, end) => expect(endOf(span, NOW)).toBe(at(end)));

it("ends the week of a Sunday on that day, and some never", () => {
  expect(endOf("week", at("2026-11-22T10:00:00"))).toBe(at("2026-11-22T23:59:59"));
  expect(endOf("never", NOW)).toBeNull();
});

it("is over at its end", () => {
  const status = { emoji: "🍚", text: "At lunch", expires_at: new Date(NOW).toISOString() };
  expect(atMoment(status, NOW - 1)).toBe(status);
  expect(atMoment(status, NOW).text).toBe("");
  expect(atMoment({ ...status, expires_at: null }, NOW).text).toBe("At lunch");
});
