/** Puts the colour of the house on a page. */
import { readableAccent } from "../models/house";

/** The papers on which text in the accent stands, the darkest of the light and the lightest of the dark. */
const LIGHT_PAPERS = ["#f0ebdf", "#fffdf9"];
const DARK_PAPERS = ["#25221e", "#151310"];
const TOKENS = ["--accent", "--accent-strong", "--accent-soft", "--accent-line"] as const;

/** WCAG's AA, and its AAA for who asks for high contrast. */
const readable = (): number => (wantsContrast() ? 7 : 4.5);

const wantsContrast = (): boolean =>
  document.documentElement.dataset["contrast"] === "high" ||
  matchMedia("(prefers-contrast: more)").matches;

export function wearAccent(accent: string): void {
  const { style } = document.documentElement;
  const light = readableAccent(accent, LIGHT_PAPERS, readable());
  const dark = readableAccent(accent, DARK_PAPERS, readable());
  if (light === null || dark === null) {
    for (const token of TOKENS) style.removeProperty(token);
    return;
  }
  style.setProperty("--accent", `light-dark(${light}, ${dark})`);
  style.setProperty("--accent-strong", "color-mix(in oklab, var(--accent) 85%, var(--ink))");
  style.setProperty("--accent-soft", "color-mix(in oklab, var(--accent) 15%, var(--paper))");
  style.setProperty("--accent-line", "color-mix(in oklab, var(--accent) 45%, var(--paper))");
}
