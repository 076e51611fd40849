/** What the house is called and looks like, as its administrators have chosen. */
import type { House } from "../wire";

export const OUR_HOUSE: House = { name: "Maru", logo_url: "", accent: "" };

interface Rgb {
  r: number;
  g: number;
  b: number;
}

const HEX = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i;

function rgb(color: string): Rgb | null {
  const [, r = "", g = "", b = ""] = HEX.exec(color) ?? [];
  return r === "" ? null : { r: parseInt(r, 16), g: parseInt(g, 16), b: parseInt(b, 16) };
}

/** WCAG's relative luminance. */
function luminance({ r, g, b }: Rgb): number {
  const linear = (value: number) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

export function contrast(one: string, other: string): number {
  const [a, b] = [rgb(one), rgb(other)];
  if (!a || !b) return 1;
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

const hex = ({ r, g, b }: Rgb): string =>
  `#${[r, g, b].map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;

function mix(color: Rgb, towards: Rgb, share: number): Rgb {
  const part = (name: keyof Rgb) => color[name] + (towards[name] - color[name]) * share;
  return { r: part("r"), g: part("g"), b: part("b") };
}

const BLACK = { r: 0, g: 0, b: 0 };
const WHITE = { r: 255, g: 255, b: 255 };
const STEPS = 20;

/**
 * The house's accent, made as much darker or lighter as text in it needs to be read on `papers` with
 * that contrast; null if it is no colour.
 */
export function readableAccent(
  accent: string,
  papers: readonly string[],
  readable: number,
): string | null {
  const color = rgb(accent);
  const paper = rgb(papers[0] ?? "");
  if (!color || !paper) return null;
  const towards = luminance(paper) > 0.5 ? BLACK : WHITE;
  for (let step = 0; step <= STEPS; step++) {
    const tried = hex(mix(color, towards, step / STEPS));
    if (papers.every((each) => contrast(tried, each) >= readable)) return tried;
  }
  return hex(towards);
}
