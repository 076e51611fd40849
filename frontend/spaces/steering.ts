/** Where one wants to go: keys held down, or a way that leads to where one has pointed. */
import { wayTo } from "./path";
import type { Spot } from "./room";
import type { World } from "./world";

const KEYS: Record<string, [number, number]> = {
  ArrowUp: [0, -1],
  KeyW: [0, -1],
  ArrowDown: [0, 1],
  KeyS: [0, 1],
  ArrowLeft: [-1, 0],
  KeyA: [-1, 0],
  ArrowRight: [1, 0],
  KeyD: [1, 0],
};
const ARRIVED = 2;

export class Steering {
  private readonly held = new Set<string>();
  private way: Spot[] = [];

  /** By the place of the key, whatever it writes: WASD is WASD in Korean too. */
  press(code: string): boolean {
    if (!KEYS[code]) return false;
    this.held.add(code);
    this.way = [];
    return true;
  }

  release(code: string): void {
    this.held.delete(code);
  }

  stop(): void {
    this.held.clear();
    this.way = [];
  }

  goTo(world: World, aim: Spot): void {
    if (world.me) this.way = wayTo(world.room, world.me, aim);
  }

  get isActive(): boolean {
    return this.held.size > 0 || this.way.length > 0;
  }

  /** The aim of a way, to mark it on the floor. */
  get aim(): Spot | null {
    return this.way.at(-1) ?? null;
  }

  /** How far to go now, when `reach` is as far as one can. */
  step(me: Spot, reach: number): Spot {
    if (this.held.size > 0) return this.byKeys(reach);
    const [next] = this.way;
    if (!next) return { x: 0, y: 0 };
    const [dx, dy] = [next.x - me.x, next.y - me.y];
    const far = Math.hypot(dx, dy);
    if (far <= Math.max(reach, ARRIVED)) this.way.shift();
    const part = far > reach ? reach / far : 1;
    return { x: dx * part, y: dy * part };
  }

  private byKeys(reach: number): Spot {
    let [x, y] = [0, 0];
    for (const code of this.held) {
      const [right, down] = KEYS[code] ?? [0, 0];
      x += right;
      y += down;
    }
    const length = Math.hypot(Math.sign(x), Math.sign(y)) || 1;
    return { x: (Math.sign(x) / length) * reach, y: (Math.sign(y) / length) * reach };
  }
}
