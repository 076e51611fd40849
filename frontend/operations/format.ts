/** Numbers for people, in the page's language. */
import { format, gettext, language } from "../i18n/index";

const UNITS = ["B", "kB", "MB", "GB", "TB"];

export function bytes(count: number): string {
  let value = count;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${number(value, unit > 0 && value < 10 ? 1 : 0)} ${UNITS[unit]}`;
}

export const number = (value: number, digits = 0): string =>
  value.toLocaleString(language(), { maximumFractionDigits: digits });

/** Few digits where they say nothing: 0.42, 7.3, 120. */
export const rate = (value: number): string =>
  number(value, value >= 100 ? 0 : value >= 10 ? 1 : 2);

export const milliseconds = (value: number): string => `${rate(value)} ms`;

export function duration(seconds: number): string {
  if (seconds < 120) return format(gettext("%(count)s s"), { count: number(seconds) });
  if (seconds < 7200) return format(gettext("%(count)s min"), { count: number(seconds / 60) });
  if (seconds < 172_800) return format(gettext("%(count)s h"), { count: number(seconds / 3600) });
  return format(gettext("%(count)s d"), { count: number(seconds / 86_400) });
}

export const clock = (time: string): string =>
  new Date(time).toLocaleTimeString(language(), { hour12: false });
