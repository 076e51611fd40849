/** Completion of "@김" with the people of the channel, found as everywhere on the page. */
import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import type { Chat } from "../client/chat";
import { MOST_CHOICES, triggerAt } from "../models/completion";
import { find } from "../models/korean-search";
import type { Sender } from "../wire";

export function mentionSource(chat: Chat, channel: number) {
  let members: Promise<Sender[]> | null = null;
  return async ({ state, pos }: CompletionContext): Promise<CompletionResult | null> => {
    const line = state.doc.lineAt(pos);
    const trigger = triggerAt(line.text, pos - line.from);
    if (trigger?.kind !== "person") return null;
    members ??= ask(chat, channel).catch(() => []);
    const names = ({ username, display_name }: Sender) => [username, display_name];
    const fitting = find(trigger.query, await members, names).slice(0, MOST_CHOICES);
    return { from: line.from + trigger.from, options: fitting.map(option), filter: false };
  };
}

async function ask(chat: Chat, channel: number): Promise<Sender[]> {
  const asked = { channel, limit: 500 };
  const { members } = await chat.connection.request("list-members", asked);
  return members.map(({ user }) => user);
}

const option = ({ username, display_name }: Sender): Completion => ({
  label: `@${username}`,
  displayLabel: display_name,
  detail: `@${username}`,
  apply: `@${username} `,
});
