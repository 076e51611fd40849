/** The small bar that appears beside a message. */
import { html, nothing, type TemplateResult } from "lit";
import { type IconNode, MessageSquareText, Pencil, SmilePlus, Trash2 } from "lucide";
import { format, gettext } from "../i18n";
import { icon } from "./icon";

/** Enough to say most things with; the whole set comes with a picker of its own. */
export const REACTIONS = ["👍", "❤️", "😂", "🎉", "🙏", "👀", "✅", "😢"];

interface Actions {
  isMine: boolean;
  picking: boolean;
  inThread: boolean;
  pick: () => void;
  react: (emoji: string) => void;
  openThread: () => void;
  edit: () => void;
  remove: () => void;
}

const action = (label: string, node: IconNode, act: () => void, pressed?: boolean) =>
  html`<button
    class="button-icon"
    aria-label=${label}
    title=${label}
    aria-expanded=${pressed ?? nothing}
    @click=${act}
  >
    ${icon(node)}
  </button>`;

const choices = (react: (emoji: string) => void) =>
  html`<div class="reaction-choices" role="group" aria-label=${gettext("Reactions")}>
    ${REACTIONS.map(
      (emoji) =>
        html`<button
          class="reaction-choice"
          aria-label=${format(gettext("React with %(emoji)s"), { emoji })}
          @click=${() => react(emoji)}
        >
          ${emoji}
        </button>`,
    )}
  </div>`;

export function messageActions(actions: Actions): TemplateResult {
  const { isMine, picking, inThread } = actions;
  return html`<div class="message-actions" role="toolbar" aria-label=${gettext("Message actions")}>
    ${picking ? choices(actions.react) : nothing}
    ${action(gettext("Add a reaction"), SmilePlus, actions.pick, picking)}
    ${inThread ? nothing : action(gettext("Reply in a thread"), MessageSquareText, actions.openThread)}
    ${isMine ? action(gettext("Edit"), Pencil, actions.edit) : nothing}
    ${isMine ? action(gettext("Delete"), Trash2, actions.remove) : nothing}
  </div>`;
}
