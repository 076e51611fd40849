/** A message on its way: it looks like one already, only paler; if it failed, it says so and waits. */

import { html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { CircleAlert, RotateCw, X } from "lucide";
import type { Chat } from "../client/chat";
import { gettext } from "../i18n";
import { timeOfDay } from "../i18n/dates";
import type { Draft } from "../models/outbox";
import { avatar } from "./avatar";
import { Light } from "./element";
import { icon } from "./icon";
import { explain } from "./problem";
import { quote } from "./quote";

@customElement("maru-draft")
export class DraftElement extends Light {
  @property({ attribute: false }) chat!: Chat;
  @property({ attribute: false }) draft!: Draft;
  @property({ type: Boolean }) startsGroup = true;

  protected override render(): TemplateResult {
    const { draft, startsGroup } = this;
    const { me } = this.chat.store;
    const state = draft.failure === null ? "pending" : "failed";
    return html`<article class="message ${state} ${startsGroup ? "starts-group" : ""}" tabindex="-1">
      ${draft.replyTo === null ? nothing : quote(draft.replyTo)}
      <div class="message-gutter">${startsGroup && me ? avatar(me) : nothing}</div>
      <div class="message-main">
        <header class=${startsGroup ? "message-heading" : "visually-hidden"}>
          <strong class="message-sender">${me?.display_name}</strong>
          <time>${timeOfDay(draft.writtenAt)}</time>
        </header>
        <div class="message-body plain">${draft.text}</div>
        ${draft.failure === null ? this.onItsWay() : this.failed(draft.failure)}
      </div>
    </article>`;
  }

  private onItsWay(): TemplateResult {
    return html`<span class="visually-hidden">${gettext("Sending…")}</span>`;
  }

  private failed(failure: string): TemplateResult {
    const { sending } = this.chat;
    return html`<div class="message-failure" role="alert">
      ${icon(CircleAlert)}
      <span>${gettext("Not sent.")} ${explain(failure)}</span>
      <button class="button small" @click=${() => sending.retry(this.draft)}>
        ${icon(RotateCw)} ${gettext("Try again")}
      </button>
      <button class="button small quiet" @click=${() => sending.discard(this.draft)}>
        ${icon(X)} ${gettext("Discard")}
      </button>
    </div>`;
  }
}
