/** Makes a document: where, what it is called, what it begins with, and under which other one. */
import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import "../components/characters-left";
import { Dialog } from "../components/dialog";
import { titleOf } from "../components/names";
import { explain } from "../components/problem";
import { gettext } from "../i18n";
import type { Conversation } from "../models/conversation";
import { RequestError } from "../socket/errors";
import type { DocumentTemplate, NewDocument } from "../wire-documents";
import { parentChoice } from "./parent-choice";

@customElement("maru-create-document")
export class CreateDocumentDialog extends Dialog {
  /** Where, if that is clear already. */
  @property({ type: Number }) channel = 0;
  @state() private chosen = 0;
  @state() private problem = "";
  @state() private busy = false;

  protected override heading(): string {
    return gettext("New document");
  }

  protected override body(): TemplateResult {
    return html`<form class="dialog-body" @submit=${this.create}>
      <label class="field">
        <span>${gettext("Title")}</span>
        <input name="title" required autocomplete="off" autofocus />
      </label>
      <maru-characters-left limit="200"></maru-characters-left>
      ${this.channel === 0 ? this.where() : nothing} ${this.beginnings()} ${this.under()}
      <p class="field-problem" role="alert">${this.problem || nothing}</p>
      <footer class="dialog-foot">
        <button type="button" class="button quiet" @click=${this.close}>${gettext("Cancel")}</button>
        <button class="button" ?disabled=${this.busy}>${gettext("Create")}</button>
      </footer>
    </form>`;
  }

  private get place(): number {
    return this.channel || this.chosen || (this.places[0]?.id ?? 0);
  }

  private get places(): Conversation[] {
    return [...this.chat.store.channels(), ...this.chat.store.directs()];
  }

  private where(): TemplateResult {
    const pick = (event: Event) => {
      this.chosen = Number((event.target as HTMLSelectElement).value);
    };
    const { myId } = this.chat.store;
    return html`<label class="field">
      <span>${gettext("Channel")}</span>
      <select name="channel" @change=${pick}>
        ${this.places.map(
          (place) => html`<option value=${place.id}>${titleOf(place, myId)}</option>`,
        )}
      </select>
    </label>`;
  }

  private beginnings(): TemplateResult {
    const choice = (value: DocumentTemplate | "", label: string, note: string) =>
      html`<label class="beginning-choice">
        <input type="radio" name="template" value=${value} ?checked=${value === ""} />
        <span><strong>${label}</strong><small>${note}</small></span>
      </label>`;
    return html`<fieldset class="beginning-choices">
      <legend>${gettext("Begin with")}</legend>
      ${choice("", gettext("An empty page"), gettext("Just write."))}
      ${choice("meeting", gettext("Meeting notes"), gettext("Who, what, what next."))}
      ${choice("decision", gettext("A decision"), gettext("The question, the options, the reasons."))}
      ${choice("retro", gettext("A retrospective"), gettext("What went well, what did not."))}
    </fieldset>`;
  }

  private under(): TemplateResult | typeof nothing {
    const documents = this.chat.store.documents.list(this.place);
    if (documents.every(({ archived }) => archived)) return nothing;
    return html`<label class="field">
      <span>${gettext("Under")} <small>${gettext("optional")}</small></span>
      ${parentChoice(documents)}
    </label>`;
  }

  private async create(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    this.busy = true;
    try {
      const asked = this.asked(new FormData(event.target as HTMLFormElement));
      const { id } = await this.chat.documents.create(asked);
      this.dispatchEvent(new CustomEvent<number>("document-asked", { bubbles: true, detail: id }));
      this.close();
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      this.problem = explain(error.code);
    } finally {
      this.busy = false;
    }
  }

  private asked(form: FormData): NewDocument {
    const text = (name: string) => String(form.get(name) ?? "").trim();
    const asked: NewDocument = { channel: this.place, title: text("title") };
    if (text("template")) asked.template = text("template") as DocumentTemplate;
    if (text("parent")) asked.parent = Number(text("parent"));
    return asked;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "maru-create-document": CreateDocumentDialog;
  }
}
