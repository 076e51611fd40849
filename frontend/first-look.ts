/** What the server has drawn into the page, what that was drawn from, and what has been written in it. */
import type { FirstLook } from "./wire";

/** A hidden tab does not paint; and nobody is to look at something dead. */
const PATIENCE_MS = 500;
/** Nor is a syllable taken apart while it is composed; but somebody may stop in the midst of one. */
const COMPOSING_PATIENCE_MS = 5_000;

/** What somebody has begun to write before the page could take it. */
export interface Writing {
  text: string;
  start: number;
  end: number;
  /** Enter was pressed. */
  isSent: boolean;
}

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

/** To the page that is about to be put beneath it, once that stands where it did; `takeOver` gets
    what was written, or null. */
export function giveWayTo(page: HTMLElement, takeOver: (writing: Writing | null) => void): void {
  const look = drawn();
  const field = look?.querySelector("textarea");
  // From here on the page has a field of this name.
  if (field) field.ariaHidden = "true";
  const go = async () => {
    if (field) await composed(field);
    if (!look?.isConnected) return;
    const isThere = field === document.activeElement;
    const writing = field ? writingIn(field) : null;
    look.remove();
    if (writing || isThere) takeOver(writing);
  };
  page.addEventListener("landed", () => void go(), { once: true });
  setTimeout(() => void go(), PATIENCE_MS);
}

function writingIn(field: HTMLTextAreaElement): Writing | null {
  const { value: text, selectionStart: start, selectionEnd: end, readOnly: isSent } = field;
  return text === field.defaultValue && !isSent ? null : { text, start, end, isSent };
}

/** The page's own script says while a syllable is composed; the next one may follow at once. */
async function composed({ dataset }: HTMLTextAreaElement): Promise<void> {
  const patience = performance.now() + COMPOSING_PATIENCE_MS;
  while ("composing" in dataset && performance.now() < patience)
    await new Promise((resolve) => setTimeout(resolve, 0));
}
