/** Tells a screen reader of new messages, in batches, and only while one looks at the page. */
import type { ReactiveController, ReactiveControllerHost } from "lit";
import { format, ngettext } from "../i18n";
import { Announcer } from "../models/announcer";
import type { Conversation } from "../models/conversation";
import { inOneLine } from "./body";

/** Long enough for a burst to become one sentence. */
const BATCH_MS = 1_200;

export class Announcements implements ReactiveController {
  texts: string[] = [];
  private readonly announcer = new Announcer();
  private conversation: Conversation | null = null;
  private last = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** Called at each drawing: what has come since the last one is news. */
  notice(conversation: Conversation, me: number): void {
    const { last_position } = conversation.channel;
    const isSame = conversation === this.conversation;
    const from = isSame ? this.last : last_position;
    this.conversation = conversation;
    this.last = last_position;
    if (from === last_position) return;
    for (const message of conversation.log.messages.slice(from - last_position))
      if (message.position > from && message.sender.id !== me && !message.deleted)
        this.announcer.add({ sender: message.sender.display_name, text: inOneLine(message) });
    if (this.announcer.isWaiting) this.timer ??= setTimeout(this.say, BATCH_MS);
  }

  private readonly say = (): void => {
    this.timer = undefined;
    const news = this.announcer.take();
    const counted = (count: number) =>
      format(ngettext("%(count)s new message", "%(count)s new messages", count), { count });
    this.texts = typeof news === "number" ? [counted(news)] : news;
    this.host.requestUpdate();
  };
}
