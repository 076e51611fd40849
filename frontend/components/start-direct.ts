/** Chooses one person or several to talk with. */

import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { Check, Search } from "lucide";
import { gettext } from "../i18n";
import { find } from "../models/korean-search";
import type { Channel, Sender } from "../wire";
import { avatarWithPresence, botMark } from "./avatar";
import { Dialog } from "./dialog";
import { icon } from "./icon";
import { attempt } from "./problem";

@customElement("maru-start-direct")
export class StartDirectDialog extends Dialog {
  @state() private typed = "";
  @state() private chosen = new Map<number, Sender>();

  protected override willUpdate(): void {
    this.chat.directory.look(this.typed, Date.now());
    this.chat.watching.watch(
      "start-direct",
      this.listed().map(({ id }) => id),
    );
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
      ${this.listed().length === 0 ? html`<p class="dialog-note">${gettext("Nobody found.")}</p>` : nothing}
      <footer class="dialog-foot">
        <button type="button" class="button quiet" @click=${this.close}>${gettext("Cancel")}</button>
        <button class="button" ?disabled=${this.chosen.size === 0}>${gettext("Start")}</button>
      </footer>
    </form>`;
  }

  /** Who is chosen stays in sight while one looks for others. */
  private listed(): Sender[] {
    const { people, myId } = this.chat.store;
    const others = people.all().filter(({ id }) => id !== myId && !this.chosen.has(id));
    const names = ({ display_name, username }: Sender) => [display_name, username];
    const found = find(
      this.typed,
      others.sort((a, b) => a.display_name.localeCompare(b.display_name)),
      names,
    );
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
    this.typed = (event.target as HTMLInputElement).value;
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
