/** How loudly a conversation may call, as its reader has asked: all, mentions only, nothing, or muted. */
import type { Conversation } from "./conversation";

export interface Attention {
  /** Shown in bold. */
  isUnread: boolean;
  /** How many messages are counted beside the name. */
  count: number;
  /** How many of them are meant for oneself; all of a direct conversation are. */
  mentions: number;
}

const QUIET: Attention = { isUnread: false, count: 0, mentions: 0 };

export function attention({ channel, unread }: Conversation): Attention {
  const { membership, kind } = channel;
  if (!membership || unread === 0 || membership.notify === "none") return QUIET;
  const mentioned = Math.min(membership.mention_count ?? 0, unread);
  const mentions = kind === "direct" && !membership.muted ? unread : mentioned;
  const countsAll = membership.notify === "all" && !membership.muted;
  return { isUnread: !membership.muted, count: countsAll ? unread : mentions, mentions };
}
