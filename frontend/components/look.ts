/** Puts on the page what its reader prefers, and the colour of the house. */
import { setClock } from "../i18n/dates";
import { readableAccent } from "../models/house";
import type { House, Preferences } from "../wire";

/** The papers on which text in the accent stands, the darkest of the light and the lightest of the dark. */
const LIGHT_PAPERS = ["#f0ebdf", "#fffdf9"];
const DARK_PAPERS = ["#25221e", "#151310"];
const TOKENS = ["--accent", "--accent-strong", "--accent-soft", "--accent-line"] as const;

export function wearPreferences(preferences: Preferences): void {
  const { dataset } = document.documentElement;
  dataset["theme"] = preferences.theme;
  dataset["density"] = preferences.density;
  dataset["contrast"] = preferences.contrast;
  dataset["motion"] = preferences.reduced_motion ? "reduced" : "auto";
  setClock(preferences.clock);
}

export function wearAccent({ accent }: Pick<House, "accent">): void {
  const { style } = document.documentElement;
  const light = readableAccent(accent, LIGHT_PAPERS);
  const dark = readableAccent(accent, DARK_PAPERS);
  if (light === null || dark === null) {
    for (const token of TOKENS) style.removeProperty(token);
    return;
  }
  style.setProperty("--accent", `light-dark(${light}, ${dark})`);
  style.setProperty("--accent-strong", "color-mix(in oklab, var(--accent) 85%, var(--ink))");
  style.setProperty("--accent-soft", "color-mix(in oklab, var(--accent) 15%, var(--paper))");
  style.setProperty("--accent-line", "color-mix(in oklab, var(--accent) 45%, var(--paper))");
}
