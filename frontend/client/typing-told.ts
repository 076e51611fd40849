/** Lets the others see that one is typing, and takes their names away in time. */
import type { Store } from "../models/store";
import { OwnTyping } from "../models/typing";
import type { Connection } from "../socket/connection";

export class TypingTold {
  private readonly own = new OwnTyping();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly store: Store,
    private readonly connection: Connection,
  ) {
    store.subscribe(() => this.waitForNextEnd());
  }

  typed(channel: number): void {
    if (this.own.typed(channel, Date.now())) this.connection.tell("typing", { channel });
  }

  /** The field is empty again. */
  stopped(channel: number): void {
    if (this.own.stopped(Date.now())) this.connection.tell("typing", { channel, active: false });
  }

  /** The message itself tells the others that the typing is over. */
  sent(): void {
    this.own.stopped(Date.now());
  }

  private waitForNextEnd(): void {
    const end = this.store.typing.nextEnd(Date.now());
    clearTimeout(this.timer);
    if (end !== null) this.timer = setTimeout(() => this.store.changed(), end - Date.now());
  }
}
