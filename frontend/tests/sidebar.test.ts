/** The order of the sidebar, and going up and down in it. */
import { expect, it } from "vitest";
import { Conversation } from "../models/conversation";
import { neighbour, sections } from "../models/sidebar";
import { channel } from "./people";

const conversation = (id: number, changes: { starred?: boolean; section?: string } = {}) => {
  const known = channel();
  const membership = known.membership && { ...known.membership, ...changes };
  return new Conversation(channel({ id, name: `room-${id}`, membership }));
};

const ids = (list: readonly Conversation[]) => list.map(({ id }) => id);

it("lists the starred, one's own sections, channels, then direct conversations", () => {
  const channels = [
    conversation(1),
    conversation(2, { starred: true, section: "Work" }),
    conversation(3, { section: "일" }),
    conversation(4, { section: "Work" }),
  ];
  const all = sections(channels, [conversation(5), conversation(6, { section: "Work" })]);
  expect(all.map(({ kind, name, conversations }) => [kind, name, ids(conversations)])).toEqual([
    ["starred", "", [2]],
    ["own", "Work", [4, 6]],
    ["own", "일", [3]],
    ["channels", "", [1]],
    ["directs", "", [5]],
  ]);
});

it("shows no heading for stars that nobody has given", () => {
  expect(sections([], []).map(({ kind }) => kind)).toEqual(["channels", "directs"]);
});

it("goes around the ends, past those one does not want", () => {
  const list = [1, 2, 3, 4].map((id) => conversation(id));
  const any = () => true;
  expect(neighbour(list, 2, 1, any)?.id).toBe(3);
  expect(neighbour(list, 4, 1, any)?.id).toBe(1);
  expect(neighbour(list, 1, -1, any)?.id).toBe(4);
  expect(neighbour(list, 2, 1, ({ id }) => id === 1)?.id).toBe(1);
  expect(neighbour(list, 99, 1, any)?.id).toBe(1);
  expect(neighbour(list, 99, -1, any)?.id).toBe(4);
  expect(neighbour(list, 2, 1, () => false)).toBeNull();
  expect(neighbour([], 2, 1, any)).toBeNull();
});
