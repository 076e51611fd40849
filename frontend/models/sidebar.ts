/** In which order the sidebar lists conversations, and which one comes next. */
import type { Conversation } from "./conversation";

export interface Section {
  /** Of the two that everybody has, the starred, or one's own. */
  kind: "starred" | "own" | "channels" | "directs";
  /** One's own heading. */
  name: string;
  conversations: Conversation[];
}

export function sections(
  channels: readonly Conversation[],
  directs: readonly Conversation[],
): Section[] {
  const all = [...channels, ...directs];
  const starred = all.filter(({ channel }) => channel.membership?.starred);
  const rest = (list: readonly Conversation[]) =>
    list.filter(({ channel }) => !channel.membership?.starred && !channel.membership?.section);
  const names = all.flatMap(({ channel }) =>
    channel.membership && !channel.membership.starred ? channel.membership.section : [],
  );
  const own = [...new Set(names)].filter((name) => name !== "");
  return [
    { kind: "starred" as const, name: "", conversations: starred },
    ...own
      .sort((a, b) => a.localeCompare(b))
      .map((name) => ({ kind: "own" as const, name, conversations: inSection(all, name) })),
    { kind: "channels" as const, name: "", conversations: rest(channels) },
    { kind: "directs" as const, name: "", conversations: rest(directs) },
  ].filter(({ kind, conversations }) => kind !== "starred" || conversations.length > 0);
}

const inSection = (all: readonly Conversation[], name: string): Conversation[] =>
  all.filter(({ channel }) => !channel.membership?.starred && channel.membership?.section === name);

/** The one before or after `current`, around the ends; null if there is none to go to. */
export function neighbour(
  list: readonly Conversation[],
  current: number,
  step: 1 | -1,
  wanted: (conversation: Conversation) => boolean,
): Conversation | null {
  const here = list.findIndex(({ id }) => id === current);
  const from = here < 0 && step < 0 ? list.length : here;
  for (let distance = 1; distance <= list.length; distance++) {
    const index = (from + step * distance + 2 * list.length) % list.length;
    const conversation = list[index];
    if (conversation && conversation.id !== current && wanted(conversation)) return conversation;
  }
  return null;
}
