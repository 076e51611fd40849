/** What is bold, counted, or left in peace. */
import { expect, it } from "vitest";
import { attention } from "../models/attention";
import { Conversation } from "../models/conversation";
import type { ChannelKind, Membership } from "../wire";
import { channel } from "./people";

const of = (changes: Partial<Membership>, kind: ChannelKind = "public", last_position = 5) => {
  const known = channel().membership;
  const membership = known && { ...known, ...changes };
  return attention(new Conversation(channel({ kind, last_position, membership })));
};

it("counts everything where one has asked for everything", () => {
  expect(of({})).toMatchObject({ isUnread: true, count: 5, mentions: 0 });
  expect(of({ mention_count: 2 })).toMatchObject({ isUnread: true, count: 5, mentions: 2 });
});

it("counts mentions alone where one has asked for these", () => {
  expect(of({ notify: "mentions" })).toMatchObject({ isUnread: false, count: 0 });
  const one = { isUnread: true, count: 1, mentions: 1, countsAll: false };
  expect(of({ notify: "mentions", mention_count: 1 })).toEqual(one);
  expect(of({ notify: "mentions" }, "direct")).toMatchObject({ count: 5, countsAll: true });
});

it("takes each direct message as meant for oneself", () => {
  expect(of({}, "direct")).toMatchObject({ isUnread: true, count: 5, mentions: 5 });
});

it("leaves the muted in peace but for mentions, and the silenced wholly", () => {
  expect(of({ muted: true })).toMatchObject({ isUnread: false, count: 0, mentions: 0 });
  expect(of({ muted: true, mention_count: 1 })).toMatchObject({ isUnread: false, count: 1 });
  expect(of({ notify: "none", mention_count: 1 })).toMatchObject({ isUnread: false, count: 0 });
});

it("is quiet when all is read", () => {
  expect(of({ read_position: 5, mention_count: 1 })).toMatchObject({ count: 0, mentions: 0 });
});
