/**
 * What this tab knows of a space. No DOM, no socket; time is an argument, in milliseconds. Others
 * are shown a moment late, between two places they are known to have been at; oneself at once,
 * where the server will agree that one is.
 */
import { Room, type Spot } from "./room";
import type { Piece, Player, SpaceChange, SpaceObject, SpaceState } from "./wire";

/** How often one tells how one walks: enough for others to see it; less in a crowd, where all the
    steps of all the people would be most of the server's work. */
const INPUT_MS = 100;
const INPUT_IN_A_CROWD_MS = 200;
const CROWDED = 100;
/** Beyond an input: a tick of the server's, and the way. */
const TICK_AND_WAY_MS = 80;
const BUBBLE_MS = 7_000;
/** How long the server may take to agree before its word counts. */
const AGREE_WITHIN_MS = 500;
const FAR_OFF = 120;
export const NEAR = 76;

interface Sample extends Spot {
  at: number;
}

interface Bubble {
  text: string;
  until: number;
}

export class Figure {
  private readonly samples: Sample[];
  bubble: Bubble | null = null;

  constructor(
    public player: Player,
    now: number,
    private readonly world: World,
  ) {
    this.samples = [{ x: player.x, y: player.y, at: now - world.shownLateMs }];
  }

  take(change: Partial<Player>, now: number): void {
    const { x, y } = this.player;
    this.player = { ...this.player, ...change };
    if (this.player.x === x && this.player.y === y) return;
    const last = this.samples.at(-1);
    // Who stood still began to walk only now.
    if (last && now - last.at > this.world.inputMs * 1.5)
      this.samples.push({ x, y, at: now - this.world.inputMs });
    this.samples.push({ x: this.player.x, y: this.player.y, at: now });
    if (this.samples.length > 12) this.samples.shift();
  }

  at(now: number): Spot {
    const then = now - this.world.shownLateMs;
    const later = this.samples.findIndex((sample) => sample.at > then);
    if (later === -1) return this.samples.at(-1) ?? this.player;
    const [from, to] = [this.samples[later - 1], this.samples[later]];
    if (!from || !to) return to ?? this.player;
    const part = (then - from.at) / (to.at - from.at);
    return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
  }

  isMoving(now: number): boolean {
    return now - (this.samples.at(-1)?.at ?? 0) < this.world.shownLateMs * 2;
  }

  says(now: number): string {
    return this.bubble && this.bubble.until > now ? this.bubble.text : "";
  }
}

export class World {
  readonly figures = new Map<number, Figure>();
  readonly objects = new Map<number, SpaceObject>();
  room = new Room([]);
  speed = 0;
  /** Where I am, before the server knows. */
  me: Spot | null = null;
  private movedAt = 0;

  constructor(readonly myId: number) {}

  get inputMs(): number {
    return this.figures.size > CROWDED ? INPUT_IN_A_CROWD_MS : INPUT_MS;
  }

  get shownLateMs(): number {
    return this.inputMs + TICK_AND_WAY_MS;
  }

  takeState(state: SpaceState, now: number): void {
    this.speed = state.room.speed;
    this.objects.clear();
    for (const [id, object] of Object.entries(state.objects)) this.objects.set(Number(id), object);
    this.room = new Room(this.objects.values());
    for (const id of this.figures.keys()) if (!state.players[id]) this.figures.delete(id);
    for (const player of Object.values(state.players)) this.takePlayer(player, now);
  }

  takePlayer(player: Player, now: number): void {
    const known = this.figures.get(player.id);
    if (known) known.take(player, now);
    else this.figures.set(player.id, new Figure(player, now, this));
    if (player.id === this.myId) this.me ??= { x: player.x, y: player.y };
  }

  /** Old state + change = new state. */
  takeChange({ players, objects }: SpaceChange, now: number): void {
    for (const [id, change] of Object.entries(players))
      this.figures.get(Number(id))?.take(change, now);
    for (const [id, object] of Object.entries(objects ?? {}))
      if (object) this.objects.set(Number(id), object);
      else this.objects.delete(Number(id));
  }

  takeFurniture(furniture: Record<string, SpaceObject>): void {
    for (const [id, object] of this.objects) if (object.kind !== "light") this.objects.delete(id);
    for (const [id, object] of Object.entries(furniture)) this.objects.set(Number(id), object);
    this.room = new Room(this.objects.values());
  }

  /** Who is gone may come back; then they stand at the entrance. */
  remove(player: number): void {
    this.figures.delete(player);
    if (player === this.myId) this.me = null;
  }

  say(player: number, text: string, now: number): void {
    const figure = this.figures.get(player);
    if (figure) figure.bubble = { text, until: now + BUBBLE_MS };
  }

  /** I walk; returns how far I came. */
  walk(dx: number, dy: number, now: number): Spot {
    if (!this.me) return { x: 0, y: 0 };
    const { x, y } = this.me;
    this.me = this.room.walk(this.me, dx, dy);
    if (this.me.x !== x || this.me.y !== y) this.movedAt = now;
    return { x: this.me.x - x, y: this.me.y - y };
  }

  /** The server has the last word: when I stand, or when I am far from where it has me. */
  agree(now: number): void {
    const known = this.figures.get(this.myId)?.player;
    if (!known || !this.me) return;
    const [dx, dy] = [known.x - this.me.x, known.y - this.me.y];
    const far = Math.hypot(dx, dy);
    if (now - this.movedAt < AGREE_WITHIN_MS && far < FAR_OFF) return;
    const part = far < 1 ? 1 : 0.2;
    this.me = { x: this.me.x + dx * part, y: this.me.y + dy * part };
  }

  spotOf(figure: Figure, now: number): Spot {
    return figure.player.id === this.myId && this.me ? this.me : figure.at(now);
  }

  /** The one I stand beside, if any. */
  neighbour(now: number): Figure | null {
    if (!this.me) return null;
    let nearest: Figure | null = null;
    let distance = NEAR;
    for (const figure of this.figures.values()) {
      if (figure.player.id === this.myId) continue;
      const { x, y } = figure.at(now);
      const away = Math.hypot(x - this.me.x, y - this.me.y);
      if (away < distance) [nearest, distance] = [figure, away];
    }
    return nearest;
  }

  isBusy(now: number): boolean {
    if (now - this.movedAt < AGREE_WITHIN_MS * 2) return true;
    return [...this.figures.values()].some((figure) => figure.isMoving(now));
  }

  furniture(): Piece[] {
    return [...this.objects.values()].flatMap(({ kind, x, y }) =>
      kind === "light" ? [] : [{ kind, x, y }],
    );
  }

  /** Whoever has most first. */
  ranking(): Player[] {
    const players = [...this.figures.values()].map((figure) => figure.player);
    return players.sort((a, b) => b.score - a.score || a.name.localeCompare(b.name));
  }
}
