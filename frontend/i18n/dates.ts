/** Times and days, in the page's language and the viewer's zone. */
import { dayOf } from "../models/rows";
import { format, gettext, language } from "./index";

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format costs more than a hundred uses of it. */
function formatter(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language() + JSON.stringify(options);
  const known = formats.get(key) ?? new Intl.DateTimeFormat(language(), options);
  formats.set(key, known);
  return known;
}

type Clock = "auto" | "12" | "24";

const CLOCKS: Record<Clock, Intl.DateTimeFormatOptions> = {
  auto: {},
  "12": { hourCycle: "h12" },
  "24": { hourCycle: "h23" },
};

let clock: Clock = "auto";

/** As the reader prefers, instead of as the language has it. */
export function setClock(preferred: Clock): void {
  clock = preferred;
}

/** Some browsers write AM and PM in Korean too. */
const KOREAN_HALVES = { am: "오전", pm: "오후" };

/** "오후 3:05", "3:05 PM". */
export function timeOfDay(at: number): string {
  const parts = formatter({
    hour: "numeric",
    minute: "2-digit",
    ...CLOCKS[clock],
  }).formatToParts(at);
  const half = new Date(at).getHours() < 12 ? "am" : "pm";
  const isHalf = (type: string) => type === "dayPeriod" && language() === "ko";
  return parts.map(({ type, value }) => (isHalf(type) ? KOREAN_HALVES[half] : value)).join("");
}

/** "2026년 11월 22일 일요일". */
export const fullDay = (at: number): string => formatter({ dateStyle: "full" }).format(at);

/** "2026년 11월 22일 일요일 오후 3:05", for who wants to know exactly. */
export const exactTime = (at: number): string => `${fullDay(at)} ${timeOfDay(at)}`;

/** What time it is for somebody elsewhere. */
export const timeIn = (timeZone: string, at: number): string =>
  formatter({
    hour: "numeric",
    minute: "2-digit",
    weekday: "short",
    timeZone,
    ...CLOCKS[clock],
  }).format(at);

/** "November 22, 2026", without the weekday. */
export const dayInFull = (at: number): string => formatter({ dateStyle: "long" }).format(at);

/** "2026년 11월", "November 2026". */
export const monthName = (at: number): string =>
  formatter({ year: "numeric", month: "long" }).format(at);

/** "일", "Su": as short as it goes. */
export const weekdayName = (at: number): string => formatter({ weekday: "narrow" }).format(at);

const DAY_MS = 86_400_000;

/** The heading of a day: today and yesterday by name. */
export function dayHeading(at: number, now: number): string {
  if (dayOf(at) === dayOf(now)) return gettext("Today");
  if (dayOf(at) === dayOf(now - DAY_MS)) return gettext("Yesterday");
  return fullDay(at);
}

/** The time if today, otherwise the day. */
export const shortMoment = (at: number, now: number): string =>
  dayOf(at) === dayOf(now)
    ? timeOfDay(at)
    : formatter({ month: "short", day: "numeric" }).format(at);

/** "Until 3:05 PM"; also past midnight, if that is soon. */
export function untilMoment(at: number, now: number): string {
  const isSoon = at - now < DAY_MS / 2;
  return format(gettext("Until %(moment)s"), {
    moment: isSoon ? timeOfDay(at) : shortMoment(at, now),
  });
}
