/** Finds a quoted text again: where it should stand, or as near to that as it does. */
import type { Place } from "../wire-documents";
import type { Line } from "./held-updates";

export function near(text: string, quote: string, { index, length }: Place): Line {
  const before = quote === "" ? -1 : text.lastIndexOf(quote, index);
  const after = quote === "" ? -1 : text.indexOf(quote, index);
  const found = [before, after].filter((at) => at >= 0);
  const [nearest = Math.min(index, text.length)] = found.sort(
    (a, b) => Math.abs(a - index) - Math.abs(b - index),
  );
  return { from: nearest, to: Math.min(nearest + length, text.length) };
}
