/** A session that never connects, and the sidebar of somebody who has seen everything. */
import { Chat } from "../client/chat";
import type { Conversation } from "../models/conversation";
import type { Channel, Membership, Presence, Sender } from "../wire";
import { BOB, channel, EMMA, ME, membership, PEOPLE, YOUNGHEE } from "./samples";

const NOWHERE = "ws://127.0.0.1:9/";
const PRESENCES: Presence[] = ["online", "away", "busy", "offline"];

/** Alice's sidebar, with something of everything in it. */
function furnish({ store }: Chat): void {
  const direct = (...members: Sender[]) => channel("", { kind: "direct", members });
  const unread = (changes: Partial<Membership>, last_position: number) => ({
    last_position,
    membership: membership(changes),
  });
  store.learn(channel("general", { topic: "모두의 마루 · Everybody's hall" }));
  store.learn(channel("공지", unread({ starred: true, mention_count: 2 }, 5)));
  store.learn(channel("design", unread({}, 12)));
  store.learn(
    channel("아주 긴 이름을 가진 채널은 한 줄에 다 들어가지 않습니다", { kind: "private" }),
  );
  store.learn(channel("잡담", unread({ muted: true }, 120)));
  store.learn(channel("roadmap", { membership: membership({ section: "Projects" }) }));
  store.learn(direct(ME, BOB));
  store.learn(direct(ME, YOUNGHEE, EMMA));
}

export function sampleChat(): Chat {
  const chat = new Chat(NOWHERE, () => undefined);
  const { store } = chat;
  const status = { emoji: "🍚", text: "점심", expires_at: null };
  store.me = { ...ME, status, presence: "online", last_seen: null };
  store.people.meet(...PEOPLE);
  for (const [index, { id }] of PEOPLE.entries())
    store.people.setPresence(id, PRESENCES[index % PRESENCES.length] ?? "offline");
  furnish(chat);
  return chat;
}

/** A conversation that has been read to its end. */
export function conversation({ store }: Chat, given: Channel): Conversation {
  const learnt = store.learn(given);
  learnt.log.opened([], 0);
  return learnt;
}
