/** Puts on the page what its reader prefers. */
import { setClock } from "../i18n/dates";
import type { Preferences } from "../wire";

/** Whether nothing is to move by itself. */
export const isCalm = (): boolean =>
  document.documentElement.dataset["motion"] === "reduced" ||
  matchMedia("(prefers-reduced-motion: reduce)").matches;

export function wearPreferences(preferences: Preferences): void {
  const { dataset } = document.documentElement;
  dataset["theme"] = preferences.theme;
  dataset["density"] = preferences.density;
  dataset["contrast"] = preferences.contrast;
  dataset["motion"] = preferences.reduced_motion ? "reduced" : "auto";
  setClock(preferences.clock);
}
