/** How a run of messages is laid out: days divide it, and one sender's quick succession is one group. */
import type { Message } from "../wire";
import type { Draft } from "./outbox";

export const GROUP_WITHIN_MS = 5 * 60_000;

export type Row =
  | { type: "day"; key: string; at: number; isNew: boolean }
  | { type: "new"; key: string }
  | { type: "message"; key: string; message: Message; startsGroup: boolean }
  | { type: "draft"; key: string; draft: Draft; startsGroup: boolean };

interface Entry {
  sender: number;
  position: number;
  at: number;
  row: (startsGroup: boolean) => Row;
}

/** A deleted message leaves no trace, unless people still talk in its thread. */
const isShown = (message: Message) => !message.deleted || (message.thread?.reply_count ?? 0) > 0;

/** The calendar day in the viewer's zone: its beginning, in milliseconds since the epoch. */
export const dayOf = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

const times = new WeakMap<Message, number>();

/** Reading a date costs more than all else that is done with a message each time it is drawn. */
function timeOf(message: Message): number {
  const known = times.get(message) ?? Date.parse(message.timestamp);
  times.set(message, known);
  return known;
}

/** In milliseconds. Never nothing, where a clock goes back at midnight. */
export const untilMidnight = (now: number): number =>
  Math.max(new Date(now).setHours(24, 0, 0, 0) - now, 1_000);

function messageEntry(message: Message): Entry {
  // The client_id is the key, so that a draft and the message it becomes are one element.
  const key = `${message.sender.id}:${message.client_id}`;
  return {
    sender: message.kind === "user" ? message.sender.id : 0,
    position: message.position,
    at: timeOf(message),
    row: (startsGroup) => ({ type: "message", key, message, startsGroup }),
  };
}

function draftEntry(draft: Draft, me: number): Entry {
  const key = `${me}:${draft.clientId}`;
  return {
    sender: me,
    position: Number.POSITIVE_INFINITY,
    at: draft.writtenAt,
    row: (startsGroup) => ({ type: "draft", key, draft, startsGroup }),
  };
}

/** Whether the divider's own place is in this run; otherwise it stands further up, out of sight. */
const holds = (messages: readonly Message[], divider: number | null): divider is number =>
  divider !== null && (messages[0]?.position ?? Number.POSITIVE_INFINITY) <= divider;

function entriesOf(messages: readonly Message[], drafts: readonly Draft[], me: number): Entry[] {
  const stored = new Set(messages.map((message) => message.client_id));
  return [
    ...messages.filter(isShown).map(messageEntry),
    ...drafts.filter((draft) => !stored.has(draft.clientId)).map((draft) => draftEntry(draft, me)),
  ];
}

const continues = (entry: Entry, previous: Entry | undefined): boolean =>
  previous?.sender === entry.sender &&
  entry.sender !== 0 &&
  entry.at - previous.at < GROUP_WITHIN_MS;

/** `divider`: the position before which "New" stands. */
export function rows(
  messages: readonly Message[],
  drafts: readonly Draft[],
  me: number,
  divider: number | null = null,
): Row[] {
  const result: Row[] = [];
  let previous: Entry | undefined;
  let today = Number.NEGATIVE_INFINITY;
  let isNewAhead = holds(messages, divider);
  for (const entry of entriesOf(messages, drafts, me)) {
    const newDay = dayOf(entry.at) > today;
    const isNew = isNewAhead && entry.position >= (divider ?? 0);
    if (isNew) isNewAhead = false;
    if (newDay) {
      today = dayOf(entry.at);
      result.push({ type: "day", key: `day ${today}`, at: today, isNew });
    } else if (isNew) result.push({ type: "new", key: "new" });
    result.push(entry.row(newDay || isNew || !continues(entry, previous)));
    previous = entry;
  }
  return result;
}
