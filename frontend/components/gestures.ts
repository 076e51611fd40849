/** Listens to fingers: a swipe moves the sidebar or closes the panel, a long press shows what can be
    done with a message. */
import { gestureOf, LONG_PRESS_MS } from "../models/gesture";

interface Page {
  openSidebar(): void;
  closeSidebar(): void;
  closePanel(): void;
}

/** What scrolls sideways by itself, or is written in, keeps its swipes. */
const OWN_SWIPES = "pre, table, input, textarea, canvas, dialog, [contenteditable]";

export function listenForGestures(surface: HTMLElement, page: Page): void {
  let down = { x: 0, y: 0, at: 0 };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const place = ({ clientX, clientY }: Touch, at: number) => ({ x: clientX, y: clientY, at });

  const began = (event: TouchEvent): void => {
    const [touch] = event.touches;
    clearTimeout(timer);
    if (!touch || event.touches.length > 1) return;
    down = place(touch, event.timeStamp);
    timer = setTimeout(() => showActions(event.target), LONG_PRESS_MS);
  };
  const moved = (event: TouchEvent): void => {
    const [touch] = event.touches;
    const then = down.at + LONG_PRESS_MS;
    if (touch && gestureOf(down, place(touch, then)) !== "long-press") clearTimeout(timer);
  };
  const ended = (event: TouchEvent): void => {
    clearTimeout(timer);
    const [touch] = event.changedTouches;
    const { target } = event;
    if (!touch || !(target instanceof Element) || target.closest(OWN_SWIPES)) return;
    const gesture = gestureOf(down, place(touch, event.timeStamp));
    // A panel has come from the right: there it goes.
    if (gesture === "swipe-right" && target.closest(".panel")) page.closePanel();
    else if (gesture === "swipe-right") page.openSidebar();
    else if (gesture === "swipe-left") page.closeSidebar();
  };

  surface.addEventListener("touchstart", began, { passive: true });
  surface.addEventListener("touchmove", moved, { passive: true });
  surface.addEventListener("touchend", ended, { passive: true });
  surface.addEventListener("touchcancel", () => clearTimeout(timer), { passive: true });
}

/** A message that has the focus shows its actions. */
function showActions(target: EventTarget | null): void {
  if (!(target instanceof Element)) return;
  target.closest<HTMLElement>(".message")?.focus();
}
