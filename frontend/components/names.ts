/** What a conversation is called, for the eye and for a label. */
import { Hash, type IconNode, Lock, MessagesSquare, User, Users } from "lucide";
import { format, gettext, list } from "../i18n";
import type { Conversation } from "../models/conversation";
import type { Channel } from "../wire";

/** "general"; "Bob"; "Bob and Charlie". */
export function nameOf(conversation: Conversation, me: number): string {
  const { kind, name } = conversation.channel;
  if (kind === "thread") return gettext("Thread");
  if (kind !== "direct") return name;
  const others = conversation.others(me);
  const names = list(others.map((person) => person.display_name));
  return others[0]?.id === me ? format(gettext("%(person)s (you)"), { person: names }) : names;
}

/** With the sign that channels carry in running text: "#general". */
export function titleOf(conversation: Conversation, me: number): string {
  const name = nameOf(conversation, me);
  const { kind } = conversation.channel;
  return kind === "public" || kind === "private" ? `#${name}` : name;
}

/** The composer's accessible name. */
export function composerLabel(conversation: Conversation, me: number): string {
  if (conversation.channel.kind === "thread") return gettext("Reply in the thread");
  const title = titleOf(conversation, me);
  if (conversation.channel.kind === "direct")
    return format(gettext("Message %(person)s"), { person: title });
  return format(gettext("Message %(channel)s"), { channel: title });
}

export function iconOf(channel: Channel): IconNode {
  if (channel.kind === "private") return Lock;
  if (channel.kind === "thread") return MessagesSquare;
  if (channel.kind === "public") return Hash;
  return (channel.members?.length ?? 0) > 2 ? Users : User;
}
