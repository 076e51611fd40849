/** What a finger means: a swipe opens or closes the sidebar, a long press asks what can be done. */

export type Gesture = "swipe-right" | "swipe-left" | "long-press" | null;

export const LONG_PRESS_MS = 450;
const SWIPE_PX = 56;
const STEADY_PX = 10;
/** A swipe is quick; slower is reading or scrolling. */
const SWIPE_WITHIN_MS = 600;

interface Touch {
  x: number;
  y: number;
  at: number;
}

/** From where and when a finger came down to where it is now, or went up. */
export function gestureOf(down: Touch, now: Touch): Gesture {
  const [x, y, time] = [now.x - down.x, now.y - down.y, now.at - down.at];
  if (Math.hypot(x, y) < STEADY_PX) return time >= LONG_PRESS_MS ? "long-press" : null;
  const isSideways = Math.abs(x) > 2 * Math.abs(y);
  if (!isSideways || Math.abs(x) < SWIPE_PX || time > SWIPE_WITHIN_MS) return null;
  return x > 0 ? "swipe-right" : "swipe-left";
}
