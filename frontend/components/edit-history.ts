/** What a message said before, from the first version to the present one. */
import { html, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { Chat } from "../client/chat";
import { gettext } from "../i18n";
import { exactTime } from "../i18n/dates";
import type { Edit, Message } from "../wire";
import { body } from "./body";
import { Dialog } from "./dialog";
import { attempt } from "./problem";

@customElement("maru-edit-history")
export class EditHistoryDialog extends Dialog {
  @property({ attribute: false }) message!: Message;
  @state() private edits: Edit[] | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    void attempt(this, this.load());
  }

  protected override heading(): string {
    return gettext("Earlier versions");
  }

  protected override body(): TemplateResult {
    if (this.edits === null) return html`<p class="dialog-note">${gettext("Loading…")}</p>`;
    const { html: text, edited_at, timestamp } = this.message;
    const now = { html: text, timestamp: edited_at ?? timestamp };
    return html`<ol class="versions">
      ${this.edits.map((edit) => version(edit, false, this.chat))} ${version(now, true, this.chat)}
    </ol>`;
  }

  private async load(): Promise<void> {
    const { id } = this.message;
    this.edits = (await this.chat.connection.request("list-edits", { message: id })).edits;
  }
}

const version = (
  edit: Pick<Edit, "html" | "timestamp">,
  isNow: boolean,
  chat: Chat,
): TemplateResult =>
  html`<li class="version">
    <p class="version-time">
      <time datetime=${edit.timestamp}>${exactTime(Date.parse(edit.timestamp))}</time>
      ${isNow ? html`<strong class="mark">${gettext("Now")}</strong>` : ""}
    </p>
    ${body(edit.html, chat)}
  </li>`;
