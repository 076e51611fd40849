import { expect, it } from "vitest";
import { Conversation } from "../models/conversation";
import { ALICE, BOB, channel, message } from "./people";

it("counts as unread what others say, and not what one says oneself", () => {
  const conversation = new Conversation(channel());
  conversation.receive(message(1), ALICE.id, 0);
  conversation.receive(message(2), ALICE.id, 0);
  expect(conversation.unread).toBe(2);
  conversation.receive(message(3, { sender: ALICE }), ALICE.id, 0);
  expect(conversation.unread).toBe(0);
});

it("makes nothing unread by an edit or a reaction", () => {
  const conversation = new Conversation(channel({ last_position: 2, version: 2 }));
  conversation.setReadPosition(2);
  conversation.receive(message(1, { version: 3, text: "edited" }), ALICE.id, 0);
  expect(conversation.unread).toBe(0);
});

it("does not go back in what is read by itself, but when the server says so", () => {
  const conversation = new Conversation(channel({ last_position: 5 }));
  conversation.read(4);
  conversation.read(2);
  expect(conversation.unread).toBe(1);
  conversation.setReadPosition(2);
  expect(conversation.unread).toBe(3);
});

it("does not lose a message to facts that are older than it", () => {
  const conversation = new Conversation(channel());
  conversation.receive(message(1), ALICE.id, 0);
  conversation.update(channel({ topic: "new topic", last_position: 0 }));
  expect(conversation.channel.topic).toBe("new topic");
  expect(conversation.unread).toBe(1);
});

it("has nothing unread where one is not a member", () => {
  const conversation = new Conversation(channel({ last_position: 5, membership: null }));
  expect(conversation.unread).toBe(0);
});

it("is named after the others, and after oneself when one is alone", () => {
  const both = new Conversation(channel({ kind: "direct", members: [ALICE, BOB] }));
  expect(both.others(ALICE.id)).toEqual([BOB]);
  const alone = new Conversation(channel({ kind: "direct", members: [ALICE] }));
  expect(alone.others(ALICE.id)).toEqual([ALICE]);
});

it("keeps what was new on coming in marked, until one has had enough", () => {
  const conversation = new Conversation(channel({ last_position: 5 }));
  conversation.read(2);
  conversation.entered();
  expect([conversation.divider, conversation.opening()]).toEqual([
    3,
    { at: "unread", position: 3 },
  ]);
  conversation.read(5);
  conversation.noticeNews(true);
  expect(conversation.divider).toBe(3);
  conversation.settle();
  expect(conversation.divider).toBeNull();
  conversation.entered();
  expect([conversation.divider, conversation.opening()]).toEqual([null, { at: "newest" }]);
});

it("marks what comes while one does not look", () => {
  const conversation = new Conversation(channel({ last_position: 5 }));
  conversation.read(5);
  conversation.entered();
  conversation.receive(message(6), ALICE.id, 0);
  conversation.noticeNews(false);
  expect(conversation.divider).toBe(6);
});

it("moves the mark to what came since one looked away, if all before it was read", () => {
  const conversation = new Conversation(channel({ last_position: 5 }));
  conversation.read(2);
  conversation.entered();
  conversation.noticeNews(false);
  conversation.receive(message(6), ALICE.id, 0);
  conversation.noticeNews(false);
  expect(conversation.divider).toBe(3);
  conversation.read(6);
  conversation.noticeNews(true);
  conversation.receive(message(7), ALICE.id, 0);
  conversation.noticeNews(true);
  expect(conversation.divider).toBe(3);
  conversation.read(7);
  conversation.noticeNews(false);
  for (const position of [8, 9]) {
    conversation.receive(message(position), ALICE.id, 0);
    conversation.noticeNews(false);
    expect(conversation.divider).toBe(8);
  }
});

it("leaves unread what was marked so on another device, until one answers here", () => {
  const conversation = new Conversation(channel({ last_position: 5 }));
  conversation.read(5);
  conversation.readElsewhere(3, 0, 10_000);
  expect([conversation.unread, conversation.divider, conversation.keptUnread]).toEqual([
    2,
    4,
    true,
  ]);
  conversation.receive(message(6, { sender: ALICE }), ALICE.id, 0);
  expect([conversation.unread, conversation.keptUnread]).toEqual([0, false]);
});

it("does not take for a mark what the server said before it heard of reading here", () => {
  const conversation = new Conversation(channel({ last_position: 5 }));
  conversation.read(5);
  conversation.readAt = 10_000;
  conversation.readElsewhere(3, 0, 10_100);
  expect([conversation.unread, conversation.keptUnread]).toEqual([0, false]);
});
