/** What stands above the first message of a conversation. */
import { html, nothing, type TemplateResult } from "lit";
import { format, gettext } from "../i18n";
import type { Conversation } from "../models/conversation";
import { avatar } from "./avatar";
import { icon } from "./icon";
import { iconOf, nameOf, titleOf } from "./names";

function sentence(conversation: Conversation, title: string): string {
  if (conversation.channel.kind !== "direct")
    return format(gettext("This is where %(channel)s begins."), { channel: title });
  return format(gettext("Only you and %(people)s can read this."), { people: title });
}

const isAlone = ({ channel, isMember }: Conversation): boolean =>
  isMember && channel.kind !== "direct" && channel.member_count === 1;

export function beginning(conversation: Conversation, me: number): TemplateResult | typeof nothing {
  const { channel } = conversation;
  if (channel.kind === "thread") return nothing;
  const emblem =
    channel.kind === "direct"
      ? conversation.others(me).slice(0, 3).map(avatar)
      : html`<span class="emblem">${icon(iconOf(conversation.channel))}</span>`;
  return html`<div class="beginning">
    <div class="beginning-emblem">${emblem}</div>
    <h2>${nameOf(conversation, me)}</h2>
    <p>${sentence(conversation, titleOf(conversation, me))}</p>
    ${channel.topic ? html`<p>${channel.topic}</p>` : nothing}
    ${isAlone(conversation) ? html`<p>${gettext("Write /invite @name to bring somebody in.")}</p>` : nothing}
  </div>`;
}
