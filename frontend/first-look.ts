/** What the server has drawn into the page, and what that was drawn from. */
import type { FirstLook } from "./wire";

/** A hidden tab does not paint; and nobody is to look at something dead. */
const PATIENCE_MS = 500;

const drawn = (): HTMLElement | null => document.querySelector(".first-look");

/** Safari has no idle time of its own. */
const whenIdle = globalThis.requestIdleCallback ?? setTimeout;

/** Once it is on the screen, and the browser has nothing left to do for it; at once without one. */
export function painted(): Promise<void> {
  if (!drawn()) return Promise.resolve();
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(() => whenIdle(() => resolve())));
    setTimeout(resolve, PATIENCE_MS);
  });
}

/** Null where there is nothing to look at yet. */
export function carried(): FirstLook | null {
  const script = document.querySelector("script#first-look");
  const look: FirstLook | null = script && JSON.parse(script.textContent);
  script?.remove();
  return look;
}

/** To the page that is about to be put beneath it, once that stands where it did. */
export function giveWayTo(page: HTMLElement): void {
  const go = () => drawn()?.remove();
  page.addEventListener("landed", go, { once: true });
  setTimeout(go, PATIENCE_MS);
}
