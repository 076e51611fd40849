/** Who has read as far as a message: asked for when somebody wants to know. */
import { html, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { format, gettext, ngettext } from "../i18n";
import type { Message, Sender } from "../wire";
import { avatar } from "./avatar";
import { Dialog } from "./dialog";
import { attempt } from "./problem";

@customElement("maru-seen-by")
export class SeenByDialog extends Dialog {
  @property({ attribute: false }) message!: Message;
  @state() private seen: { users: Sender[]; count: number } | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    void attempt(this, this.load());
  }

  protected override heading(): string {
    return gettext("Seen by");
  }

  protected override body(): TemplateResult {
    if (this.seen === null) return html`<p class="dialog-note">${gettext("Loading…")}</p>`;
    const { users, count } = this.seen;
    if (users.length === 0)
      return html`<p class="dialog-note">
        ${gettext("Nobody has read this far, or they keep it to themselves.")}
      </p>`;
    const more = count - users.length;
    const others = ngettext("and %(count)s other", "and %(count)s others", more);
    return html`<div class="dialog-body">
      <ul class="seen-by">
        ${users.map((user) => html`<li>${avatar(user)} <span>${user.display_name}</span></li>`)}
        ${more > 0 ? html`<li class="seen-more">${format(others, { count: more })}</li>` : ""}
      </ul>
    </div>`;
  }

  private async load(): Promise<void> {
    const { id } = this.message;
    this.seen = await this.chat.connection.request("list-seen", { message: id });
  }
}
