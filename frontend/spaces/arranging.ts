/** The furniture while an admin moves it about; nobody else sees it until it is saved. */
import { ENTRANCE, HEIGHT, isSolid, type Spot, WALL, WALL_TOP, WIDTH } from "./room";
import type { FurnitureKind, Piece, SpaceObject } from "./wire";

export const SIZES: Record<FurnitureKind, [number, number]> = {
  table: [128, 72],
  cushion: [40, 32],
  screen: [144, 20],
  chest: [88, 40],
  plant: [36, 36],
};
export const MOST = 60;
const GRID = 4;

const within = (value: number, low: number, high: number): number =>
  Math.min(Math.max(Math.round(value / GRID) * GRID, low), high);

export class Arranging {
  readonly pieces: SpaceObject[];
  selected: SpaceObject | null = null;
  private grip: Spot | null = null;

  constructor(objects: Iterable<SpaceObject>) {
    this.pieces = [...objects]
      .filter(({ kind }) => kind !== "light")
      .map((piece) => ({ ...piece }));
  }

  add(kind: FurnitureKind): void {
    const [width, height] = SIZES[kind];
    const piece = { kind, x: 0, y: 0, width, height };
    this.place(piece, (WIDTH - width) / 2, (HEIGHT - height) / 2);
    this.pieces.push(piece);
    this.selected = piece;
  }

  /** The topmost piece there, and where it was gripped. */
  grasp({ x, y }: Spot): void {
    this.selected =
      this.pieces.findLast(
        (piece) =>
          piece.x - 6 <= x &&
          x <= piece.x + piece.width + 6 &&
          piece.y - 14 <= y &&
          y <= piece.y + piece.height + 6,
      ) ?? null;
    this.grip = this.selected && { x: x - this.selected.x, y: y - this.selected.y };
  }

  drag({ x, y }: Spot): void {
    if (this.selected && this.grip) this.place(this.selected, x - this.grip.x, y - this.grip.y);
  }

  letGo(): void {
    this.grip = null;
  }

  nudge(dx: number, dy: number): void {
    if (this.selected) this.place(this.selected, this.selected.x + dx, this.selected.y + dy);
  }

  remove(): void {
    const at = this.selected ? this.pieces.indexOf(this.selected) : -1;
    if (at >= 0) this.pieces.splice(at, 1);
    this.selected = null;
  }

  /** What blocks the entrance. */
  misplaced(): SpaceObject[] {
    const { left, top, right, bottom } = ENTRANCE;
    return this.pieces.filter(
      (piece) =>
        isSolid(piece) &&
        piece.x < right &&
        left < piece.x + piece.width &&
        piece.y < bottom &&
        top < piece.y + piece.height,
    );
  }

  furniture(): Piece[] {
    return this.pieces.map(({ kind, x, y }) => ({ kind: kind as FurnitureKind, x, y }));
  }

  private place(piece: SpaceObject, x: number, y: number): void {
    piece.x = within(x, WALL, WIDTH - WALL - piece.width);
    piece.y = within(y, WALL_TOP, HEIGHT - WALL - piece.height);
  }
}
