/** Alice (owner), Bob (member) and what they say, for tests. */
import * as samples from "../gallery/samples";
import type { Channel, Message } from "../wire";

export const ALICE = samples.person(1, "alice", "Alice");
export const BOB = samples.person(2, "bob", "Bob");

export const message = (position: number, changes: Partial<Message> = {}): Message =>
  samples.message(BOB, `<p>text ${position}</p>`, {
    id: 1000 + position,
    channel: 7,
    position,
    version: position,
    client_id: `client-${position}`,
    ...changes,
  });

export const run = (from: number, to: number): Message[] =>
  Array.from({ length: to - from + 1 }, (_, index) => message(from + index));

export const channel = (changes: Partial<Channel> = {}): Channel =>
  samples.channel("general", { id: 7, member_count: 2, ...changes });
