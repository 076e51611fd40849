/** Which of our places a click leads to, and where one was last. */
import { type Place, placeIn } from "../models/place";

/** A cookie, so that the server knows what to draw behind the front door. */
const LAST = "last-channel";
const LAST_FOR_SECONDS = 365 * 86_400;

export function rememberLast(channel: number): void {
  // biome-ignore lint/suspicious/noDocumentCookie: not every browser has the store of cookies
  document.cookie = `${LAST}=${channel}; path=/; max-age=${LAST_FOR_SECONDS}; samesite=lax`;
}

export const lastChannel = (): number =>
  Number(new RegExp(`(?:^|; )${LAST}=(\\d+)`).exec(document.cookie)?.[1] ?? 0);

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
