/** How one moves in the room, by the server's own rules (spaces/room.py): predicted before it answers. */
import type { SpaceObject } from "./wire";

export interface Spot {
  x: number;
  y: number;
}

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export const WIDTH = 960;
export const HEIGHT = 640;
export const WALL_TOP = 96;
export const WALL = 24;
export const BODY = 14;
export const ENTRANCE: Box = {
  left: WIDTH / 2 - 96,
  top: HEIGHT - WALL - 96,
  right: WIDTH / 2 + 96,
  bottom: HEIGHT - WALL,
};

const WALKED: Box = {
  left: WALL + BODY,
  top: WALL_TOP + BODY,
  right: WIDTH - WALL - BODY,
  bottom: HEIGHT - WALL - BODY,
};

export const isSolid = ({ kind }: SpaceObject): boolean => kind !== "cushion" && kind !== "light";

export class Room {
  private readonly blocks: Box[];

  constructor(objects: Iterable<SpaceObject>) {
    this.blocks = [...objects].filter(isSolid).map(({ x, y, width, height }) => ({
      left: x - BODY,
      top: y - BODY,
      right: x + width + BODY,
      bottom: y + height + BODY,
    }));
  }

  isFree({ x, y }: Spot): boolean {
    const { left, top, right, bottom } = WALKED;
    if (x < left || x > right || y < top || y > bottom) return false;
    return !this.blocks.some((b) => b.left < x && x < b.right && b.top < y && y < b.bottom);
  }

  /** First sideways, then up or down, each as far as nothing stands in the way. */
  walk(from: Spot, dx: number, dy: number): Spot {
    const across = this.blocks.filter((b) => b.top < from.y && from.y < b.bottom);
    const columns = across.map((b): [number, number] => [b.left, b.right]);
    const x = go(from.x, from.x + dx, columns, WALKED.left, WALKED.right);
    const along = this.blocks.filter((b) => b.left < x && x < b.right);
    const rows = along.map((b): [number, number] => [b.top, b.bottom]);
    return { x, y: go(from.y, from.y + dy, rows, WALKED.top, WALKED.bottom) };
  }
}

function go(
  start: number,
  aim: number,
  spans: [number, number][],
  low: number,
  high: number,
): number {
  let end = Math.min(Math.max(aim, low), high);
  for (const [near, far] of spans) {
    if (start <= near && near < end) end = near;
    else if (end < far && far <= start) end = far;
  }
  return end;
}
