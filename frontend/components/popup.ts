/** Places what pops up beside what it belongs to, inside the window. */

const GAP_PX = 6;
const MARGIN_PX = 8;

/** Under the anchor, their ends flush; above it where there is no room below. */
export function showBeside(popup: HTMLElement, anchor: Element): void {
  popup.showPopover();
  const at = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = popup;
  const below = at.bottom + GAP_PX;
  const fits = below + height + MARGIN_PX <= innerHeight;
  const top = fits ? below : Math.max(MARGIN_PX, at.top - GAP_PX - height);
  const left = Math.min(at.right - width, innerWidth - MARGIN_PX - width);
  popup.style.top = `${Math.min(top, Math.max(MARGIN_PX, innerHeight - MARGIN_PX - height))}px`;
  popup.style.left = `${Math.max(MARGIN_PX, left)}px`;
}

/** In a menu the arrow keys go round. */
export function moveInMenu(event: KeyboardEvent): void {
  const items = [
    ...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>("[role=menuitem]"),
  ];
  const here = items.indexOf(event.target as HTMLElement);
  const step = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: -1 }[event.key];
  if (step === undefined) return;
  items.at(step % items.length)?.focus();
  event.preventDefault();
  event.stopPropagation();
}
