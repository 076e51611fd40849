/** What one only looks at, a public channel or a thread, sends no events to us: now and then we ask what is new. */
import type { Conversation } from "../models/conversation";
import type { CatchUp } from "./catch-up";

const ASK_EVERY_MS = 3_000;

export class Preview {
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly catchUp: CatchUp) {}

  /** What one looks at now. */
  of(conversations: readonly Conversation[]): void {
    clearInterval(this.timer);
    const askAll = () => {
      for (const conversation of conversations) void this.ask(conversation);
    };
    this.timer = setInterval(askAll, ASK_EVERY_MS);
  }

  private async ask(conversation: Conversation): Promise<void> {
    if (document.hidden || conversation.isMember || !conversation.log.loaded) return;
    await this.catchUp.run(conversation);
  }
}
