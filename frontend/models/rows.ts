/** How a run of messages is laid out: days divide it, and one sender's quick succession is one group. */
import type { Message } from "../wire";
import type { Draft } from "./outbox";

export const GROUP_WITHIN_MS = 5 * 60_000;

export type Row =
  | { type: "day"; key: string; at: number }
  | { type: "message"; key: string; message: Message; startsGroup: boolean }
  | { type: "draft"; key: string; draft: Draft; startsGroup: boolean };

interface Entry {
  sender: number;
  at: number;
  row: (startsGroup: boolean) => Row;
}

/** A deleted message leaves no trace, unless people still talk in its thread. */
const isShown = (message: Message) => !message.deleted || (message.thread?.reply_count ?? 0) > 0;

/** The calendar day in the viewer's zone: its beginning, in milliseconds since the epoch. */
export const dayOf = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

function messageEntry(message: Message): Entry {
  // The client_id is the key, so that a draft and the message it becomes are one element.
  const key = `${message.sender.id}:${message.client_id}`;
  return {
    sender: message.kind === "user" ? message.sender.id : 0,
    at: Date.parse(message.timestamp),
    row: (startsGroup) => ({ type: "message", key, message, startsGroup }),
  };
}

function draftEntry(draft: Draft, me: number): Entry {
  const key = `${me}:${draft.clientId}`;
  return {
    sender: me,
    at: draft.writtenAt,
    row: (startsGroup) => ({ type: "draft", key, draft, startsGroup }),
  };
}

export function rows(messages: readonly Message[], drafts: readonly Draft[], me: number): Row[] {
  const stored = new Set(messages.map((message) => message.client_id));
  const entries = [
    ...messages.filter(isShown).map(messageEntry),
    ...drafts.filter((draft) => !stored.has(draft.clientId)).map((draft) => draftEntry(draft, me)),
  ];
  const result: Row[] = [];
  let previous: Entry | undefined;
  let today = Number.NEGATIVE_INFINITY;
  for (const entry of entries) {
    const newDay = dayOf(entry.at) > today;
    if (newDay) {
      today = dayOf(entry.at);
      result.push({ type: "day", key: `day ${today}`, at: today });
    }
    const continues =
      !newDay &&
      previous?.sender === entry.sender &&
      entry.sender !== 0 &&
      entry.at - previous.at < GROUP_WITHIN_MS;
    result.push(entry.row(!continues));
    previous = entry;
  }
  return result;
}
