import { describe, expect, it } from "vitest";
import { ChannelLog } from "../models/channel-log";
import type { Message } from "../wire";
import { message, run } from "./people";

function opened(messages: Message[], version = messages.length): ChannelLog {
  const log = new ChannelLog(0);
  log.expectPage();
  log.opened(messages, version);
  return log;
}

const positions = (log: ChannelLog) => log.messages.map(({ position }) => position);

describe("a channel's log", () => {
  it("orders by position, whatever the order of arrival", () => {
    const log = opened(run(1, 2));
    for (const position of [4, 3, 5]) log.receive(message(position), 0);
    expect(positions(log)).toEqual([1, 2, 3, 4, 5]);
    expect(log.version).toBe(5);
    expect(log.gapSince).toBeNull();
  });

  it("keeps the newest version of a message and drops what it has", () => {
    const log = opened(run(1, 2));
    log.receive(message(1, { version: 4, text: "second edit" }), 0);
    log.receive(message(1, { version: 3, text: "first edit" }), 0);
    log.receive(message(1, { version: 4, text: "second edit" }), 0);
    expect(log.messages[0]?.text).toBe("second edit");
    expect(log.version).toBe(4);
  });

  it("knows since when a version is missing", () => {
    const log = opened(run(1, 2));
    log.receive(message(4), 1_000);
    log.receive(message(5), 1_100);
    expect([log.version, log.gapSince]).toEqual([2, 1_000]);
  });

  it("is whole again after catching up, though versions were overtaken by later ones", () => {
    const log = opened(run(1, 2));
    log.receive(message(2, { version: 9 }), 0);
    log.caughtUp([message(3), message(1, { version: 8, deleted: true, text: "" })], 9);
    expect(positions(log)).toEqual([1, 2, 3]);
    expect(log.messages[0]?.deleted).toBe(true);
    expect(log.messages[1]?.version).toBe(9);
    expect([log.version, log.gapSince]).toEqual([9, null]);
  });

  it("ignores changes to messages that it does not hold, but counts them", () => {
    const log = opened(run(51, 100), 100);
    expect(log.hasBefore).toBe(true);
    log.receive(message(3, { version: 101 }), 0);
    expect(positions(log)[0]).toBe(51);
    expect([log.version, log.gapSince]).toEqual([101, null]);
  });

  it("puts an older page before what it holds", () => {
    const log = opened(run(51, 60), 60);
    log.expectPage();
    log.addBefore(51, run(41, 50), true);
    expect([positions(log)[0], positions(log).length]).toEqual([41, 20]);
  });

  it("does not let a page bring back what has changed while it was on its way", () => {
    const log = opened(run(51, 60), 60);
    log.expectPage();
    log.receive(message(45, { version: 61, deleted: true }), 0);
    log.addBefore(51, run(41, 50), true);
    expect(log.messages.find(({ position }) => position === 45)?.deleted).toBe(true);
  });

  it("takes in what arrives while the newest page is on its way", () => {
    const log = new ChannelLog(0);
    log.expectPage();
    log.receive(message(3), 0);
    log.opened(run(1, 2), 2);
    expect(positions(log)).toEqual([1, 2, 3]);
    expect(log.version).toBe(3);
  });

  it("refuses a page that no longer fits", () => {
    const log = opened(run(51, 60), 60);
    log.expectPage();
    log.keepNewest(5);
    log.addBefore(51, run(41, 50), true);
    expect(positions(log)).toEqual([56, 57, 58, 59, 60]);
  });

  it("lets go of the newest while one reads far up, and takes them back in order", () => {
    const log = opened(run(1, 60));
    log.keepOldest(20);
    log.receive(message(61), 0);
    expect(positions(log).at(-1)).toBe(20);
    log.expectPage();
    log.addAfter(20, run(21, 61), false);
    log.receive(message(62), 0);
    expect(positions(log).at(-1)).toBe(62);
  });

  it("holds a run elsewhere, with what changed while it was on its way", () => {
    const log = opened(run(51, 60), 60);
    expect([log.holds(51), log.holds(61), log.holds(20)]).toEqual([true, true, false]);
    log.expectPage();
    log.receive(message(20, { version: 61, text: "changed" }), 0);
    log.jumped(run(15, 25), true, true);
    expect([log.holds(20), log.holds(60)]).toEqual([true, false]);
    expect(log.messages.find(({ position }) => position === 20)?.text).toBe("changed");
    log.receive(message(62), 0);
    expect([positions(log).at(-1), log.version]).toEqual([25, 62]);
  });

  it("holds what a fresh read would give, after any order and loss of events", () => {
    for (let seed = 1; seed <= 200; seed++) expectSameAsFresh(seed);
  });
});

/** A small generator, so that a failing seed can be repeated. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

function expectSameAsFresh(seed: number): void {
  const chance = random(seed);
  const server: Message[] = [];
  const events: Message[] = [];
  for (let version = 1; version <= 40; version++) {
    const isNew = server.length === 0 || chance() < 0.5;
    const place = isNew ? server.length : Math.floor(chance() * server.length);
    const changed = message(place + 1, { version, text: `version ${version}` });
    server[place] = changed;
    events.push(changed);
  }
  const log = opened([], 0);
  const arrived = events.filter(() => chance() < 0.7).sort(() => chance() - 0.5);
  for (const event of [...arrived, ...arrived.slice(0, 5)]) log.receive(event, 0);
  const missed = server.filter(({ version }) => version > log.version);
  log.caughtUp(
    missed.sort((a, b) => a.version - b.version),
    40,
  );
  expect(log.messages, `seed ${seed}`).toEqual(server);
  expect(log.version, `seed ${seed}`).toBe(40);
}
