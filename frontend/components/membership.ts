/** What a conversation is to oneself: starred, muted, how loudly it may call, under which heading it stands. */

import { html, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { gettext } from "../i18n";
import type { Conversation } from "../models/conversation";
import { sections } from "../models/sidebar";
import type { Membership } from "../wire";
import "./characters-left";
import { Dialog } from "./dialog";
import { titleOf } from "./names";
import { attempt } from "./problem";

const SECTION_MAX_LENGTH = 40;

@customElement("maru-membership")
export class MembershipDialog extends Dialog {
  @property({ attribute: false }) conversation!: Conversation;

  protected override heading(): string {
    return titleOf(this.conversation, this.chat.store.myId);
  }

  protected override body(): TemplateResult {
    const { membership } = this.conversation.channel;
    if (!membership) return html``;
    return html`<form class="dialog-body" @submit=${this.done} @change=${this.changed}>
      ${this.check("starred", membership.starred, gettext("Starred"), gettext("Stands above all others in the sidebar."))}
      ${this.check("muted", membership.muted, gettext("Muted"), gettext("Calls only when you are mentioned."))}
      <fieldset class="field">
        <legend>${gettext("Count as unread")}</legend>
        ${this.level("all", membership, gettext("Every message"))}
        ${this.level("mentions", membership, gettext("Mentions only"))}
        ${this.level("none", membership, gettext("Nothing"))}
      </fieldset>
      ${this.sectionField(membership)}
      <footer class="dialog-foot"><button class="button">${gettext("Done")}</button></footer>
    </form>`;
  }

  private check(name: string, checked: boolean, label: string, hint: string): TemplateResult {
    return html`<label class="check">
      <input type="checkbox" name=${name} .checked=${checked} />
      <span><strong>${label}</strong><small>${hint}</small></span>
    </label>`;
  }

  private level(
    value: Membership["notify"],
    { notify }: Membership,
    label: string,
  ): TemplateResult {
    return html`<label class="check">
      <input type="radio" name="notify" value=${value} .checked=${notify === value} />
      <span>${label}</span>
    </label>`;
  }

  private sectionField({ section }: Membership): TemplateResult {
    const { store } = this.chat;
    const own = sections(store.channels(), store.directs()).filter(({ kind }) => kind === "own");
    return html`<label class="field">
      <span>${gettext("Section in the sidebar")} <small>${gettext("optional")}</small></span>
      <input name="section" list="sections" autocomplete="off"
        .value=${section} placeholder=${gettext("for example: Projects")} />
      <datalist id="sections">${own.map(({ name }) => html`<option value=${name}></option>`)}</datalist>
    </label>
    <maru-characters-left limit=${SECTION_MAX_LENGTH}></maru-characters-left>`;
  }

  /** Each change counts at once. */
  private changed(event: Event): void {
    const field = event.target as HTMLInputElement;
    if (!field.reportValidity()) return;
    const value = field.type === "checkbox" ? field.checked : field.value.normalize("NFC").trim();
    const arrange = this.chat.personal.arrange(this.conversation.id, { [field.name]: value });
    void attempt(this, arrange);
  }

  private done(event: SubmitEvent): void {
    event.preventDefault();
    this.close();
  }
}
