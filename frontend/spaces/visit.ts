/** One visit to a space: comes in, tells the server how one walks, takes in what it tells, leaves. */
import type { Chat } from "../client/chat";
import type { EventFrame } from "../wire-frames";
import { Steering } from "./steering";
import type { HouseStatistics, Piece } from "./wire";
import { World } from "./world";

const LONGEST_STEP_MS = 100;

const SPACE_EVENTS = new Set<string>([
  "game-state",
  "game-state-update",
  "player-update",
  "player-joined",
  "player-left",
  "space-arranged",
]);

interface Here {
  channel?: number;
}

export class Visit {
  readonly world: World;
  readonly steering = new Steering();
  house: HouseStatistics | null = null;
  private unsaid = { x: 0, y: 0 };
  private toldAt = 0;
  private drawnAt = 0;

  /** `changed`: somebody came or went, or a score changed; `collected`: by me, with my score. */
  constructor(
    private readonly chat: Chat,
    readonly channel: number,
    private readonly changed: () => void,
    private readonly collected: (score: number) => void,
  ) {
    this.world = new World(chat.store.myId);
    chat.taps.add(this.take);
  }

  async join(): Promise<void> {
    this.chat.connection.tell("watch-statistics", { active: true });
    await this.chat.connection.request("player-join", { channel: this.channel });
  }

  end(): void {
    this.chat.taps.delete(this.take);
    this.chat.connection.tell("watch-statistics", { active: false });
    this.chat.connection.tell("player-leave", { channel: this.channel });
  }

  async arrange(objects: Piece[]): Promise<void> {
    await this.chat.connection.request("arrange-space", { channel: this.channel, objects });
  }

  /** A frame has passed: I walk on. */
  advance(now: number): void {
    const { world, steering } = this;
    const elapsed = Math.min(now - this.drawnAt, LONGEST_STEP_MS);
    this.drawnAt = now;
    if (world.me && steering.isActive) {
      const step = steering.step(world.me, (world.speed * elapsed) / 1000);
      const came = world.walk(step.x, step.y, now);
      this.unsaid.x += came.x;
      this.unsaid.y += came.y;
    }
    world.agree(now);
    if (now - this.toldAt >= world.inputMs) this.tell(now);
  }

  private tell(now: number): void {
    const { x, y } = this.unsaid;
    if (x === 0 && y === 0) return;
    this.unsaid = { x: 0, y: 0 };
    this.toldAt = now;
    this.chat.connection.tell("player-input", { channel: this.channel, dx: x, dy: y });
  }

  /** Says true for what is of no interest to the rest of the page. */
  private readonly take = (frame: EventFrame): boolean => {
    const now = performance.now();
    if (SPACE_EVENTS.has(frame.event) && (frame.data as Here).channel !== this.channel) return true;
    switch (frame.event) {
      case "ready":
        void this.join().catch(() => undefined); // a new socket is not in the space yet
        return false;
      case "new-message":
        if (frame.data.channel === this.channel)
          this.world.say(frame.data.sender.id, frame.data.text, now);
        return false;
      case "player-update":
        this.takeChange(frame.data.players);
        this.world.takeChange(frame.data, now);
        return true;
      case "game-state":
      case "game-state-update":
        this.world.takeState(frame.data, now);
        break;
      case "player-joined":
        this.world.takePlayer(frame.data.player, now);
        break;
      case "player-left":
        this.world.remove(frame.data.id);
        break;
      case "statistics":
        this.house = frame.data;
        break;
      case "space-arranged":
        this.world.takeFurniture(frame.data.objects);
        break;
      default:
        return false;
    }
    this.changed();
    return true;
  };

  private takeChange(players: Record<string, { score?: number }>): void {
    const mine = players[this.world.myId]?.score;
    if (mine !== undefined) this.collected(mine);
    if (Object.values(players).some((change) => change.score !== undefined))
      queueMicrotask(this.changed);
  }
}
