/** Which of our places a click leads to, and where one was last. */
import { type Place, placeIn } from "../models/place";

const LAST_KEY = "maru-last-channel";

export const rememberLast = (channel: number): void =>
  localStorage.setItem(LAST_KEY, String(channel));

export const lastChannel = (): number => Number(localStorage.getItem(LAST_KEY) ?? 0);

/** Not one that asks for another tab or window. */
export function isPlainClick(event: MouseEvent): boolean {
  const changed = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  return !changed && event.button === 0 && !event.defaultPrevented;
}

/** The place of a plain click on a link of ours; null if the browser should follow it. */
export function placeOfClick(event: MouseEvent): Place | null {
  if (!isPlainClick(event)) return null;
  const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
  if (!link || link.origin !== location.origin || link.target) return null;
  return placeIn(link);
}

/** Whose card is asked for: by a face or a name beside a message, or by a mention; 0 for nobody's. */
export function personOfClick({ target }: MouseEvent): number {
  if (!(target instanceof Element)) return 0;
  const asked = target.closest<HTMLElement>(
    ".message .avatar, [data-profile], .mention[data-user]",
  );
  const { person, profile, user } = asked?.dataset ?? {};
  return Number(profile ?? user ?? person ?? 0);
}
