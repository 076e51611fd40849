/** Chooses one person or several to talk with. */

import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { Check, Search } from "lucide";
import { gettext } from "../i18n";
import type { Channel, Sender } from "../wire";
import { avatarWithPresence, botMark } from "./avatar";
import { Dialog } from "./dialog";
import { icon } from "./icon";
import { attempt } from "./problem";

const SEARCH_AFTER_MS = 150;

@customElement("maru-start-direct")
export class StartDirectDialog extends Dialog {
  @state() private people: Sender[] | null = null;
  @state() private chosen = new Map<number, Sender>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    void attempt(this, this.load(""));
  }

  protected override heading(): string {
    return gettext("Start a conversation");
  }

  protected override body(): TemplateResult {
    return html`<form class="dialog-body" @submit=${this.start}>
      <label class="search-field">
        ${icon(Search)}
        <input type="search" autofocus aria-label=${gettext("Find people")}
          placeholder=${gettext("Find people")} @input=${this.search} />
      </label>
      <ul class="choices" aria-label=${gettext("People")}>
        ${this.listed().map((person) => this.choice(person))}
      </ul>
      ${this.people?.length === 0 ? html`<p class="dialog-note">${gettext("Nobody found.")}</p>` : nothing}
      <footer class="dialog-foot">
        <button type="button" class="button quiet" @click=${this.close}>${gettext("Cancel")}</button>
        <button class="button" ?disabled=${this.chosen.size === 0}>${gettext("Start")}</button>
      </footer>
    </form>`;
  }

  /** Who is chosen stays in sight while one looks for others. */
  private listed(): Sender[] {
    const found = (this.people ?? []).filter((person) => !this.chosen.has(person.id));
    return [...this.chosen.values(), ...found];
  }

  private choice(person: Sender): TemplateResult {
    const chosen = this.chosen.has(person.id);
    return html`<li class="choice">
      <button type="button" class="choice-main" aria-pressed=${chosen}
        @click=${() => this.toggle(person)}>
        ${avatarWithPresence(person, this.chat.store.people.presence(person.id))}
        <span class="choice-text">
          <strong>${person.display_name} ${botMark(person)}</strong>
          <small>@${person.username}</small>
        </span>
        ${chosen ? icon(Check) : nothing}
      </button>
    </li>`;
  }

  private toggle(person: Sender): void {
    this.chosen = new Map(this.chosen);
    if (!this.chosen.delete(person.id)) this.chosen.set(person.id, person);
  }

  private search(event: InputEvent): void {
    const query = (event.target as HTMLInputElement).value;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void attempt(this, this.load(query)), SEARCH_AFTER_MS);
  }

  private async load(query: string): Promise<void> {
    const { users } = await this.chat.connection.request("list-users", { query, limit: 100 });
    this.people = users.filter((person) => person.id !== this.chat.store.myId);
    this.chat.watching.watch(
      "start-direct",
      users.map((person) => person.id),
    );
  }

  private async start(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    let opened: Channel | undefined;
    const open = async () => {
      opened = await this.chat.openDirect([...this.chosen.keys()]);
    };
    if ((await attempt(this, open())) && opened) this.goTo(opened.id);
  }
}
