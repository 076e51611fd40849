/** Makes a channel. */
import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { gettext } from "../i18n";
import { RequestError } from "../socket/errors";
import "./characters-left";
import { Dialog } from "./dialog";
import { explain } from "./problem";

@customElement("maru-create-channel")
export class CreateChannelDialog extends Dialog {
  @state() private problem = "";
  @state() private busy = false;

  protected override heading(): string {
    return gettext("Create a channel");
  }

  protected override body(): TemplateResult {
    return html`<form class="dialog-body" @submit=${this.create}>
      <label class="field">
        <span>${gettext("Name")}</span>
        <input name="name" required autocomplete="off" autofocus
          placeholder=${gettext("for example: weekend-hikes")}
          aria-describedby="name-problem" />
      </label>
      <maru-characters-left limit="80"></maru-characters-left>
      <p id="name-problem" class="field-problem" role="alert">${this.problem || nothing}</p>
      <label class="field">
        <span>${gettext("Topic")} <small>${gettext("optional")}</small></span>
        <input name="topic" autocomplete="off" />
      </label>
      <maru-characters-left limit="250"></maru-characters-left>
      <label class="check">
        <input type="checkbox" name="private" />
        <span>
          <strong>${gettext("Private")}</strong>
          <small>${gettext("Only people who are invited can find and read it.")}</small>
        </span>
      </label>
      <footer class="dialog-foot">
        <button type="button" class="button quiet" @click=${this.close}>${gettext("Cancel")}</button>
        <button class="button" ?disabled=${this.busy}>${gettext("Create")}</button>
      </footer>
    </form>`;
  }

  private async create(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const text = (name: string) =>
      String(form.get(name) ?? "")
        .trim()
        .replace(/^#/, "");
    this.busy = true;
    try {
      const kind = form.has("private") ? "private" : "public";
      this.goTo((await this.chat.createChannel(kind, text("name"), text("topic"))).id);
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      this.problem = explain(error.code);
    } finally {
      this.busy = false;
    }
  }
}
