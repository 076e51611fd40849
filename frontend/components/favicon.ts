/** The mark in the browser's tab, with a dot for what is unread and a number for what is meant for oneself. */

const BOARDS = "M11 6v20M21 6v20M11 13h10M11 20h10M6 10h5M6 18h5M21 10h5M21 18h5";
const GROUND = "#2b6b57";
const MOST_SHOWN = 9;

let shown = "";

function sign(unread: number, mentions: number): string {
  if (mentions === 0 && unread === 0) return "";
  const number = mentions > MOST_SHOWN ? `${MOST_SHOWN}+` : mentions > 0 ? `${mentions}` : "";
  const text = `<text x="23" y="13" font-family="sans-serif" font-size="14" font-weight="700" text-anchor="middle" fill="#fff">${number}</text>`;
  const radius = mentions > 0 ? 9 : 6;
  return `<circle cx="23" cy="8" r="${radius}" fill="#c9452c" stroke="#fff" stroke-width="1.5"/>${text}`;
}

/** `accent` is a colour of our own making, `#rrggbb` or empty. */
export function showInTab(unread: number, mentions: number, accent: string): void {
  const ground = /^#[0-9a-f]{6}$/i.test(accent) ? accent : GROUND;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="${ground}"/><path d="${BOARDS}" fill="none" stroke="#fffdf9" stroke-width="2.2" stroke-linecap="round"/>${sign(unread, mentions)}</svg>`;
  if (svg === shown) return;
  shown = svg;
  const link = document.querySelector<HTMLLinkElement>("link[rel=icon]");
  if (link) link.href = `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
