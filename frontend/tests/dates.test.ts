// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it } from "vitest";
import { dayHeading, exactTime, fullDay, timeOfDay, untilMoment } from "../i18n/dates";

const AFTERNOON = new Date(2026, 10, 22, 15, 5).getTime();
const DAY_MS = 86_400_000;

const speak = (language: string) => {
  document.documentElement.lang = language;
};

beforeEach(() => speak("ko"));
afterEach(() => speak("en"));

it("tells the time as Koreans do", () => {
  expect(timeOfDay(AFTERNOON)).toBe("오후 3:05");
  expect(fullDay(AFTERNOON)).toBe("2026년 11월 22일 일요일");
  expect(exactTime(AFTERNOON)).toBe("2026년 11월 22일 일요일 오후 3:05");
});

it("tells the time in English", () => {
  speak("en");
  expect(timeOfDay(AFTERNOON).replace(/\s/u, " ")).toBe("3:05 PM");
});

it("calls today and yesterday by name", () => {
  speak("en");
  expect(dayHeading(AFTERNOON, AFTERNOON + 60_000)).toBe("Today");
  expect(dayHeading(AFTERNOON, AFTERNOON + DAY_MS)).toBe("Yesterday");
  expect(dayHeading(AFTERNOON, AFTERNOON + 2 * DAY_MS)).toBe("Sunday, November 22, 2026");
});

it("says until when, past midnight too", () => {
  speak("en");
  const night = new Date(2026, 10, 22, 23, 50).getTime();
  expect(untilMoment(night + 30 * 60_000, night).replace(/\s/gu, " ")).toBe("Until 12:20 AM");
  expect(untilMoment(night + DAY_MS, night)).toBe("Until Nov 23");
});
