/** The emoji under a message: one press adds one's own or takes it away. */
import { html, nothing, type TemplateResult } from "lit";
import type { Chat } from "../client/chat";
import { format, gettext, list, ngettext } from "../i18n";
import type { People } from "../models/people";
import type { Message, Reaction } from "../wire";

const NAMES_SHOWN = 8;

/** "by Alice, Bob and 2 others". */
function byWhom({ users }: Reaction, people: People): string {
  const names = people.names(users.slice(0, NAMES_SHOWN));
  const count = users.length - names.length;
  if (count === 0) return format(gettext("by %(names)s"), { names: list(names) });
  if (names.length === 0)
    return format(ngettext("by %(count)s person", "by %(count)s people", count), { count });
  const text = ngettext(
    "by %(names)s and %(count)s other",
    "by %(names)s and %(count)s others",
    count,
  );
  return format(text, { names: names.join(", "), count });
}

export function reactions(
  message: Message,
  { store }: Chat,
  canWrite: boolean,
  react: (emoji: string) => void,
): TemplateResult | typeof nothing {
  if (message.reactions.length === 0 || message.deleted) return nothing;
  return html`<div class="reactions">
    ${message.reactions.map((reaction) => {
      const names = byWhom(reaction, store.people);
      return html`<button
        class="reaction"
        ?disabled=${!canWrite}
        aria-pressed=${reaction.users.includes(store.myId)}
        title=${names}
        @click=${() => react(reaction.emoji)}
      >
        <span>${reaction.emoji}</span><span class="reaction-count">${reaction.users.length}</span>
        <span class="visually-hidden">${names}</span>
      </button>`;
    })}
  </div>`;
}
