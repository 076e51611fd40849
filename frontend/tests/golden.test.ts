/** The frames that the server's tests keep as an example, read by this side too. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Chat } from "../client/chat";
import type { EventFrame } from "../wire-frames";
import { ALICE, channel, message } from "./people";

const FOLDER = join(import.meta.dirname, "../../tests/wire");

const golden = (name: string) => JSON.parse(readFileSync(join(FOLDER, `${name}.json`), "utf8"));
const event = (name: string): EventFrame => golden(`event-${name}`);

const CHANNEL = 7;
const CHULSOO = 2;

let chat: Chat;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", { OPEN: 1 });
  chat = new Chat("ws://house/ws/chat/", vi.fn());
  for (const name of ["hello", "ready"]) chat.received(event(name));
});

afterEach(() => {
  vi.useRealTimers();
});

const known = () => {
  const conversation = chat.store.conversations.get(CHANNEL);
  if (!conversation) throw new Error("the channel of the golden frames is not known");
  return conversation;
};

/** As if one looked at the channel, with the message that the later frames change. */
const open = () => {
  known().log.expectPage();
  known().log.opened([golden("event-new-message").data], 9);
};

it.each([
  ["object-message", message(1)],
  ["object-message-tombstone", message(1)],
  ["object-channel", channel()],
  ["object-channel-direct", channel()],
  ["object-channel-thread", channel()],
  ["object-sender", ALICE],
  ["object-membership", channel().membership],
])("%s has every field that we rely on", (name, ours) => {
  expect(Object.keys(golden(name))).toEqual(expect.arrayContaining(Object.keys(ours ?? {})));
});

it("knows its limits, itself and its channels", () => {
  expect(chat.store.limits?.text_length).toBe(20_000);
  expect(chat.store.me?.username).toBe("alice");
  expect(chat.store.channels().map((each) => each.channel.name)).toEqual(["회의"]);
  expect(chat.store.directs()[0]?.others(ALICE.id)[0]?.display_name).toBe("김철수");
  expect(known().unread).toBe(2);
});

it("takes in a new, a changed and a deleted message", () => {
  open();
  expect(known().log.messages[0]?.html).toContain("<strong>안녕</strong>");
  chat.received(event("message-updated"));
  chat.received(event("message-deleted"));
  expect(known().log.messages.at(-1)?.deleted).toBe(true);
  expect(known().log.version).toBe(10);
});

it("reads what was read elsewhere", () => {
  chat.received(event("read-updated"));
  expect(known().unread).toBe(0);
});

it("shows who types, who is here, and how many there are", () => {
  chat.received(event("user-typing"));
  expect(chat.store.typing.in(CHANNEL, Date.now())).toHaveLength(1);
  for (const name of ["user-online", "user-away", "user-offline"]) {
    const frame = event(name);
    chat.received(frame);
    if (!("presence" in frame.data)) throw new Error(`${name} tells no presence`);
    expect(chat.store.people.presence(CHULSOO)).toBe(frame.data.presence);
  }
  chat.received(event("user-left"));
  expect(known().channel.member_count).toBe(2);
  expect(chat.store.people.get(CHULSOO)?.display_name).toBe("김철수");
});

it("learns of channels", () => {
  chat.store.conversations.clear();
  chat.received(event("channel-created"));
  chat.received(event("channel-updated"));
  expect([...chat.store.conversations.keys()]).toEqual([CHANNEL, 8]);
});
