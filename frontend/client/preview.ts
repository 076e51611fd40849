/** A public channel that one only looks at sends no events to us: now and then we ask what is new. */
import type { Conversation } from "../models/conversation";
import type { CatchUp } from "./catch-up";

const ASK_EVERY_MS = 3_000;

export class Preview {
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly catchUp: CatchUp) {}

  /** What one looks at now; null for nothing. */
  of(conversation: Conversation | null): void {
    clearInterval(this.timer);
    if (conversation) this.timer = setInterval(() => void this.ask(conversation), ASK_EVERY_MS);
  }

  private async ask(conversation: Conversation): Promise<void> {
    if (document.hidden || conversation.isMember || !conversation.log.loaded) return;
    await this.catchUp.run(conversation);
  }
}
