/** What the server allows, so that nobody is offered what it would refuse. */
import type { Store } from "../models/store";

/** Whether the viewer may change the documents of a channel: as a member who writes there. */
export function mayChange(store: Store, channel: number): boolean {
  const conversation = store.conversations.get(channel);
  const found = conversation?.channel;
  if (!found?.membership || found.archived) return false;
  return found.membership.role !== "guest" && conversation?.mayPost === true;
}
