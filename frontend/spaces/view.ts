/** Which part of the room is seen, and how large: all of it, or what is around oneself on a phone. */
import { HEIGHT, type Spot, WIDTH } from "./room";

/** Below this one would not know who is who. */
const SMALLEST_SCALE = 0.72;

export interface View {
  scale: number;
  /** Of the room's corner, in pixels of the stage. */
  left: number;
  top: number;
}

export function viewOf(width: number, height: number, around: Spot): View {
  const scale = Math.max(Math.min(width / WIDTH, height / HEIGHT), SMALLEST_SCALE);
  return {
    scale,
    left: offset(width, WIDTH * scale, around.x * scale),
    top: offset(height, HEIGHT * scale, around.y * scale),
  };
}

/** Centred where it fits, else with `around` in the middle and no emptiness beside the room. */
function offset(stage: number, room: number, around: number): number {
  if (room <= stage) return (stage - room) / 2;
  return Math.min(0, Math.max(stage - room, stage / 2 - around));
}

export const spotAt = ({ scale, left, top }: View, x: number, y: number): Spot => ({
  x: (x - left) / scale,
  y: (y - top) / scale,
});
