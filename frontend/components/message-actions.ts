/** The small bar that appears beside a message. */
import { html, nothing, type TemplateResult } from "lit";
import {
  Bookmark,
  BookmarkCheck,
  Ellipsis,
  type IconNode,
  MessageSquareText,
  Reply,
  SmilePlus,
} from "lucide";
import { format, gettext } from "../i18n";
import { icon } from "./icon";

/** Enough to say most things with; the picker has all others. */
const QUICK_REACTIONS = ["👍", "✅", "🎉"];

interface Actions {
  canWrite: boolean;
  /** Not where only owners write. */
  canAnswer: boolean;
  inThread: boolean;
  isSaved: boolean;
  menuOpen: boolean;
  react: (emoji: string) => void;
  pick: (event: Event) => void;
  openThread: () => void;
  quote: () => void;
  save: () => void;
  openMenu: () => void;
}

interface Action {
  label: string;
  node: IconNode;
  act: (event: Event) => void;
  pressed?: boolean;
  expanded?: boolean;
  opens?: "menu" | "dialog";
}

const action = ({ label, node, act, pressed, expanded, opens }: Action) =>
  html`<button
    class="button-icon"
    aria-label=${label}
    title=${label}
    aria-pressed=${pressed ?? nothing}
    aria-expanded=${expanded ?? nothing}
    aria-haspopup=${opens ?? nothing}
    @click=${act}
  >
    ${icon(node)}
  </button>`;

function quickReaction(emoji: string, react: (emoji: string) => void): TemplateResult {
  const label = format(gettext("React with %(emoji)s"), { emoji });
  return html`<button class="reaction-choice" aria-label=${label} title=${label}
    @click=${() => react(emoji)}>${emoji}</button>`;
}

export function messageActions(actions: Actions): TemplateResult {
  const { canWrite, canAnswer, inThread, isSaved, menuOpen } = actions;
  const react: Action = {
    label: gettext("Add a reaction"),
    node: SmilePlus,
    act: actions.pick,
    opens: "dialog",
  };
  const answer = { label: gettext("Reply with a quote"), node: Reply, act: actions.quote };
  const thread = {
    label: gettext("Reply in a thread"),
    node: MessageSquareText,
    act: actions.openThread,
  };
  const save = {
    label: isSaved ? gettext("Saved") : gettext("Save for later"),
    node: isSaved ? BookmarkCheck : Bookmark,
    act: actions.save,
    pressed: isSaved,
  };
  return html`<div class="message-actions" role="toolbar" aria-label=${gettext("Message actions")}>
    ${canWrite ? QUICK_REACTIONS.map((emoji) => quickReaction(emoji, actions.react)) : nothing}
    ${canWrite ? action(react) : nothing} ${canAnswer ? action(answer) : nothing}
    ${inThread ? nothing : action(thread)}
    ${action(save)}
    ${action({
      label: gettext("More actions"),
      node: Ellipsis,
      act: actions.openMenu,
      expanded: menuOpen,
      opens: "menu",
    })}
  </div>`;
}
