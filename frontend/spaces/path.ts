/** The way to where one has pointed: over a grid, around the furniture, then straightened. */
import { HEIGHT, type Room, type Spot, WIDTH } from "./room";

const CELL = 16;
const COLUMNS = WIDTH / CELL;
const ROWS = HEIGHT / CELL;
const AROUND = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
] as const;

const spotOf = (cell: number): Spot => ({
  x: (cell % COLUMNS) * CELL + CELL / 2,
  y: Math.floor(cell / COLUMNS) * CELL + CELL / 2,
});

const cellOf = ({ x, y }: Spot): number =>
  Math.min(ROWS - 1, Math.max(0, Math.floor(y / CELL))) * COLUMNS +
  Math.min(COLUMNS - 1, Math.max(0, Math.floor(x / CELL)));

const distance = (a: Spot, b: Spot): number => Math.hypot(a.x - b.x, a.y - b.y);

/** The corners of the way, the last one as near to `to` as one can come. */
export function wayTo(room: Room, from: Spot, to: Spot): Spot[] {
  const cameFrom = flood(room, from);
  let nearest = cellOf(from);
  for (const cell of cameFrom.keys())
    if (distance(spotOf(cell), to) < distance(spotOf(nearest), to)) nearest = cell;
  const way = room.isFree(to) && cellOf(to) === nearest ? [to] : [spotOf(nearest)];
  for (let cell = cameFrom.get(nearest); cell !== undefined; cell = cameFrom.get(cell))
    way.unshift(spotOf(cell));
  return straightened(room, from, way.slice(1).length > 0 ? way.slice(1) : way);
}

/** From which cell each cell that can be reached is reached. */
function flood(room: Room, from: Spot): Map<number, number | undefined> {
  const start = cellOf(from);
  const cameFrom = new Map<number, number | undefined>([[start, undefined]]);
  // A map keeps the order in which it grows, and is walked while it grows.
  for (const cell of cameFrom.keys())
    for (const [right, down] of AROUND) {
      const next = cell + right + down * COLUMNS;
      const wraps = Math.abs((next % COLUMNS) - (cell % COLUMNS)) > 1;
      if (next < 0 || next >= COLUMNS * ROWS || wraps || cameFrom.has(next)) continue;
      if (room.isFree(spotOf(next))) cameFrom.set(next, cell);
    }
  return cameFrom;
}

/** Without the corners that can be cut. */
function straightened(room: Room, from: Spot, way: Spot[]): Spot[] {
  const corners: Spot[] = [];
  let here = from;
  let at = 0;
  while (at < way.length) {
    let next = at;
    for (let later = way.length - 1; later > at; later--)
      if (isOpen(room, here, way[later] as Spot)) {
        next = later;
        break;
      }
    here = way[next] as Spot;
    corners.push(here);
    at = next + 1;
  }
  return corners;
}

function isOpen(room: Room, from: Spot, to: Spot): boolean {
  const steps = Math.ceil(distance(from, to) / 4);
  for (let step = 1; step <= steps; step++) {
    const part = step / steps;
    const spot = { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
    if (!room.isFree(spot)) return false;
  }
  return true;
}
