/** Puts on the page what its reader prefers. */
import { setClock } from "../i18n/dates";
import type { Preferences } from "../wire";

/** Whether nothing is to move by itself. */
export const isCalm = (): boolean =>
  document.documentElement.dataset["motion"] === "reduced" ||
  matchMedia("(prefers-reduced-motion: reduce)").matches;

/** What browsers paint around the page, as its floor: --paper-sunken. */
const FLOOR = { light: "#f0ebdf", dark: "#151310" };

function paintFrame(theme: Preferences["theme"]): void {
  for (const meta of document.querySelectorAll<HTMLMetaElement>("meta[name=theme-color]")) {
    const ofSystem = meta.media.includes("dark") ? "dark" : "light";
    meta.content = FLOOR[theme === "auto" ? ofSystem : theme];
  }
}

export function wearPreferences(preferences: Preferences): void {
  const { dataset } = document.documentElement;
  dataset["theme"] = preferences.theme;
  dataset["density"] = preferences.density;
  dataset["contrast"] = preferences.contrast;
  dataset["motion"] = preferences.reduced_motion ? "reduced" : "auto";
  paintFrame(preferences.theme);
  setClock(preferences.clock);
}
