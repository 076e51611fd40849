/** Finds what one may be about to name: people, channels, emoji, commands. */
import { gettext, language } from "../i18n";
import { type Choice, chosenFrom, type Trigger } from "../models/completion";
import type { Conversation } from "../models/conversation";
import type { Store } from "../models/store";
import type { Command, Sender } from "../wire";
import type { Commands } from "./commands";
import type { Directory } from "./directory";
import { allEmoji, type Emoji } from "./emoji";

const isKorean = () => language() === "ko";

export class Completing {
  private known: Command[] = [];
  private emoji: Emoji[] = [];
  private readonly asked = new Set<"commands" | "emoji">();

  constructor(
    private readonly store: Store,
    private readonly commands: Commands,
    private readonly directory: Directory,
  ) {}

  /** What is known now; what has yet to come makes the store change. */
  choices(trigger: Trigger, conversation: Conversation, now: number): Choice[] {
    const { kind, query } = trigger;
    if (kind === "person" || kind === "channel") this.directory.look(query, now);
    return chosenFrom(this.all(kind, conversation), query);
  }

  /** By a whole name, once the names are here; they are asked for with its first letters. */
  emojiCalled(name: string): Choice | null {
    const called = name.normalize("NFC").toLowerCase();
    const found = this.emoji.find(
      ({ shortcodes, korean }) => shortcodes.includes(called) || korean === called,
    );
    return found ? { ...emojiChoice(found), insert: found.emoji } : null;
  }

  private all(kind: Trigger["kind"], conversation: Conversation): Choice[] {
    switch (kind) {
      case "person":
        return [...this.people(conversation), ...everybody(conversation)];
      case "channel":
        return this.directory.channels().map(channelChoice);
      case "emoji":
        this.ask("emoji", async () => {
          this.emoji = await allEmoji();
        });
        return this.emoji.map(emojiChoice);
      case "command":
        this.ask("commands", async () => {
          this.known = await this.commands.all();
        });
        return this.known.map(commandChoice);
    }
  }

  /** Who has just spoken here comes first, then who is part of it. */
  private people(conversation: Conversation): Choice[] {
    const speakers = conversation.log.messages.map(({ sender }) => sender).reverse();
    const people = [
      ...speakers,
      ...(conversation.channel.members ?? []),
      ...this.store.people.all(),
    ];
    const once = new Map(people.map(({ id }) => [id, this.store.people.get(id)]));
    once.delete(this.store.myId);
    return [...once.values()].flatMap((person) => (person ? personChoice(person) : []));
  }

  private ask(what: "commands" | "emoji", load: () => Promise<unknown>): void {
    if (this.asked.has(what)) return;
    this.asked.add(what);
    load().then(
      () => this.store.changed(),
      () => this.asked.delete(what), // Not connected: the next word asks again.
    );
  }
}

/** Korean goes on right after a name: 김철수님이, #개발에서. */
const personChoice = (person: Sender): Choice => ({
  insert: `@${person.username}${isKorean() ? "" : " "}`,
  name: person.display_name,
  detail: `@${person.username}`,
  names: [person.display_name, person.username],
  picture: { person },
});

function everybody({ channel }: Conversation): Choice[] {
  if (channel.kind === "direct") return [];
  const group = (english: string, korean: string, detail: string): Choice => {
    const name = `@${isKorean() ? korean : english}`;
    return { insert: `${name} `, name, detail, names: [english, korean], picture: "everybody" };
  };
  return [
    group("channel", "모두", gettext("Everybody in this channel")),
    group("here", "지금", gettext("Everybody here who is online")),
  ];
}

const channelChoice = ({ name, topic }: { name: string; topic: string }): Choice => ({
  insert: `#${name}${isKorean() ? "" : " "}`,
  name,
  detail: topic,
  names: [name],
  picture: "channel",
});

const emojiChoice = ({ emoji, shortcodes, english, korean, words }: Emoji): Choice => ({
  insert: `${emoji} `,
  name: isKorean() ? korean || english : english,
  detail: `:${shortcodes[0]}:`,
  names: [shortcodes[0] ?? "", english, korean, ...words],
  picture: { emoji },
});

const commandChoice = (command: Command): Choice => ({
  insert: `/${command.name} `,
  name: `/${command.name} ${command.arguments}`.trim(),
  detail: command.description,
  // Their names are English; who writes Korean asks for what they do: /주제, /ㅈㅈ.
  names: isKorean() ? [command.name, command.description] : [command.name],
  picture: "command",
});
