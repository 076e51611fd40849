/** Every conversation has an address: /c/7. */

const PATH = /^\/c\/(\d+)\/?$/;
const LAST_KEY = "maru-last-channel";

/** The channel that an address names; 0 for the front door. */
export const channelIn = (path: string): number => Number(PATH.exec(path)?.[1] ?? 0);

export const addressOf = (channel: number): string => `/c/${channel}`;

export const rememberLast = (channel: number): void =>
  localStorage.setItem(LAST_KEY, String(channel));

export const lastChannel = (): number => Number(localStorage.getItem(LAST_KEY) ?? 0);

/** The channel of a plain click on a link of ours; 0 if the browser should follow it. */
export function channelOfClick(event: MouseEvent): number {
  const changed = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (changed || event.button !== 0 || event.defaultPrevented) return 0;
  const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
  if (!link || link.origin !== location.origin || link.target) return 0;
  return channelIn(link.pathname);
}
