/** How loudly a conversation may call, as its reader has asked: all, mentions only, nothing, or muted. */
import type { Conversation } from "./conversation";

export interface Attention {
  /** Shown in bold. */
  isUnread: boolean;
  /** How many messages are counted beside the name. */
  count: number;
  /** How many of them are meant for oneself; all of a direct conversation are. */
  mentions: number;
  /** Whether what is not meant for oneself is counted, too. */
  countsAll: boolean;
}

const QUIET: Attention = { isUnread: false, count: 0, mentions: 0, countsAll: false };

export function attention({ channel, unread }: Conversation): Attention {
  const { membership, kind } = channel;
  if (!membership || unread === 0 || membership.notify === "none") return QUIET;
  const mentioned = Math.min(membership.mention_count ?? 0, unread);
  const countsAll = !membership.muted && (membership.notify === "all" || kind === "direct");
  const mentions = kind === "direct" && countsAll ? unread : mentioned;
  const count = countsAll ? unread : mentions;
  return { isUnread: !membership.muted && count > 0, count, mentions, countsAll };
}
