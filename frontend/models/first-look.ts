/** What the page carries, taken into a store that may hold what this browser has kept. */
import type { FirstLook } from "../wire";
import type { Store } from "./store";

export function takeIn(store: Store, look: FirstLook): void {
  const { channel, messages } = look;
  store.me = look.user;
  store.house = look.house;
  store.preferences = look.preferences;
  for (const message of look.saved) store.saved.add(message);
  store.people.meet(look.user, ...messages.map(({ sender }) => sender));
  store.people.setPresence(look.user.id, look.user.presence);
  for (const each of look.channels) store.learn(each);
  const { log } = store.learn(channel);
  // Another tab may have kept something newer meanwhile.
  if (log.loaded && log.version > channel.version) return;
  log.expectPage();
  log.jumped(messages, look.has_before, look.has_after);
  log.caughtUp([], channel.version);
}
