/**
 * Where a comment's text stands here. The server says where it stood in the text as it knew it; what
 * was typed since may have moved it a little, and then its quote is found near by.
 */
import type { Place } from "../wire-documents";
import type { Line } from "./held-updates";

/** Further away it is another place that says the same. */
const NEAR = 200;
const LONGEST_QUOTE = 500;

export function near(text: string, quote: string, { index, length }: Place): Line {
  const isWhole = quote.length === Math.min(length, LONGEST_QUOTE) && quote !== "";
  const found = isWhole ? nearest(text, quote, index) : -1;
  const from = Math.min(found === -1 ? index : found, text.length);
  return { from, to: Math.min(from + length, text.length) };
}

function nearest(text: string, quote: string, index: number): number {
  const near = [text.lastIndexOf(quote, index), text.indexOf(quote, index)]
    .filter((at) => at >= 0 && Math.abs(at - index) <= NEAR)
    .sort((a, b) => Math.abs(a - index) - Math.abs(b - index));
  return near[0] ?? -1;
}
