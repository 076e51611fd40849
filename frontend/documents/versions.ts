/** The named versions of a document: what has changed since each, and the way back. */
import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { Link, RotateCcw } from "lucide";
import { limitField } from "../components/characters-left";
import { Dialog } from "../components/dialog";
import { icon } from "../components/icon";
import { attempt } from "../components/problem";
import { format, gettext } from "../i18n";
import { exactTime } from "../i18n/dates";
import type { NamedVersion, SharedDocument } from "../wire-documents";
import { difference, type Row } from "./diff";

const NAME_LENGTH = 100;

@customElement("maru-versions")
export class VersionsDialog extends Dialog {
  @property({ attribute: false }) document!: SharedDocument;
  /** Which one is looked at; 0: the newest. */
  @property({ type: Number }) version = 0;
  /** As it is now. */
  @property() text = "";
  @property({ type: Boolean }) canWrite = false;
  @state() private versions: NamedVersion[] | null = null;
  @state() private shown: { version: NamedVersion; text: string } | null = null;

  protected override firstUpdated(): void {
    super.firstUpdated();
    void attempt(this, this.load());
  }

  protected override heading(): string {
    return gettext("Versions");
  }

  protected override body(): TemplateResult {
    return html`<div class="versions">
      <div class="versions-list">
        ${this.canWrite ? this.nameForm() : nothing}
        <ul>${this.versions?.map((version) => this.line(version))}</ul>
        ${this.versions?.length === 0 ? html`<p class="dialog-note">${gettext("No version has a name yet.")}</p>` : nothing}
      </div>
      <div class="versions-text">${this.shown ? this.looked(this.shown) : nothing}</div>
    </div>`;
  }

  private nameForm(): TemplateResult {
    return html`<form class="versions-name" @submit=${this.name}>
      <input name="name" required autocomplete="off" @input=${this.limit}
        aria-label=${gettext("Name of the version")} placeholder=${gettext("Name the text as it is now")} />
      <button class="button small">${gettext("Keep")}</button>
    </form>`;
  }

  private limit({ target }: Event): void {
    limitField(target as HTMLInputElement, NAME_LENGTH);
  }

  private line(version: NamedVersion): TemplateResult {
    const isShown = version.id === this.shown?.version.id;
    return html`<li><button class="choice" aria-current=${isShown ? "true" : nothing}
      @click=${() => void attempt(this, this.show(version.id))}>
      <strong>${version.name}</strong>
      <small>${version.by.display_name} · ${exactTime(Date.parse(version.timestamp))}</small>
    </button></li>`;
  }

  private looked({ version, text }: { version: NamedVersion; text: string }): TemplateResult {
    const rows = difference(text, this.text);
    const title = format(gettext("What has changed since “%(name)s”"), { name: version.name });
    return html`<header>
        <h3>${title}</h3>
        <a class="button-icon" href="/documents/${this.document.id}?version=${version.id}"
          aria-label=${gettext("Link to this version")} title=${gettext("Link to this version")}>${icon(Link)}</a>
        ${this.canWrite ? this.restorer(version) : nothing}
      </header>
      <div class="difference" role="group" aria-label=${title}>
        ${
          rows.length === 0 || rows.every(({ kind }) => kind === "skipped")
            ? html`<p class="dialog-note">${gettext("Nothing: the text is as it was.")}</p>`
            : rows.map(row)
        }
      </div>`;
  }

  private restorer({ id }: NamedVersion): TemplateResult {
    return html`<button class="button small" @click=${() => void this.restore(id)}>
      ${icon(RotateCcw)} ${gettext("Restore")}
    </button>`;
  }

  private async load(): Promise<void> {
    this.versions = await this.chat.documents.versions(this.document.id);
    const asked = this.version || this.versions[0]?.id;
    if (asked !== undefined) await this.show(asked);
  }

  private async show(version: number): Promise<void> {
    this.shown = await this.chat.documents.version(version);
  }

  private async name(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const name = String(new FormData(form).get("name")).trim();
    if (name === "") return;
    const made = this.chat.documents.nameVersion(this.document.id, name);
    if (!(await attempt(this, made))) return;
    form.reset();
    this.version = (await made).id;
    await attempt(this, this.load());
  }

  private async restore(version: number): Promise<void> {
    if (await attempt(this, this.chat.documents.restore(version))) this.close();
  }
}

function row({ kind, pieces }: Row): TemplateResult {
  if (kind === "skipped") return html`<div class="difference-skipped" aria-hidden="true">⋯</div>`;
  const inside = pieces.map(({ kind: how, text }) =>
    how === "same" || kind === "same" ? text : html`<mark>${text}</mark>`,
  );
  if (kind === "added") return html`<ins>${inside}</ins>`;
  return kind === "removed" ? html`<del>${inside}</del>` : html`<div>${inside}</div>`;
}

declare global {
  interface HTMLElementTagNameMap {
    "maru-versions": VersionsDialog;
  }
}
