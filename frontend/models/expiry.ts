/** When a status ends by itself. */
import type { Status } from "../wire";

/** `kept`: as it was going to end. */
export type Span = "never" | "30m" | "1h" | "4h" | "today" | "week" | "kept";

const MINUTE_MS = 60_000;
const MINUTES: Partial<Record<Span, number>> = { "30m": 30, "1h": 60, "4h": 240 };
const SUNDAY = 7;

/** In the reader's zone; null: never. A week ends on Sunday. */
export function endOf(span: Exclude<Span, "kept">, now: number): number | null {
  if (span === "never") return null;
  const minutes = MINUTES[span];
  if (minutes !== undefined) return now + minutes * MINUTE_MS;
  const end = new Date(now);
  const weekday = end.getDay() || SUNDAY;
  if (span === "week") end.setDate(end.getDate() + SUNDAY - weekday);
  return end.setHours(23, 59, 59, 0);
}

const NO_STATUS: Status = { emoji: "", text: "", expires_at: null };

/** The server tells nobody when a status is over: whoever shows it looks at the clock. */
export const atMoment = (status: Status, now: number): Status =>
  status.expires_at !== null && Date.parse(status.expires_at) <= now ? NO_STATUS : status;
