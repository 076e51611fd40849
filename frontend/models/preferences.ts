/** How the page is to be for one person, until they say otherwise. */
import type { Preferences } from "../wire";

export const DEFAULT_PREFERENCES: Preferences = {
  theme: "auto",
  density: "cozy",
  enter_sends: true,
  clock: "auto",
  language: "",
  share_reading: true,
  reduced_motion: false,
  contrast: "auto",
};
