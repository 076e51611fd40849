/** Ctrl+K: to any conversation, channel or person with a few letters. */

import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { Search } from "lucide";
import { gettext } from "../i18n";
import { type Destination, destinations } from "../models/destinations";
import { EnterKey, type Verdict } from "../models/enter-key";
import { avatarWithPresence } from "./avatar";
import { countBadge } from "./badge";
import { Dialog } from "./dialog";
import { icon } from "./icon";
import { iconOf } from "./names";
import { attempt } from "./problem";

@customElement("maru-switcher")
export class Switcher extends Dialog {
  @state() private typed = "";
  @state() private active = 0;
  private found: Destination[] = [];
  private readonly enter = new EnterKey();

  protected override heading(): string {
    return gettext("Go to");
  }

  protected override willUpdate(): void {
    const { store, directory } = this.chat;
    directory.look(this.typed, Date.now());
    this.found = destinations(this.typed, {
      conversations: [...store.channels(), ...store.directs()],
      channels: directory.channels(),
      people: store.people.all(),
      visited: store.visited,
      me: store.myId,
    });
    this.active = Math.max(0, Math.min(this.active, this.found.length - 1));
  }

  protected override body(): TemplateResult {
    return html`<div class="dialog-body switcher">
      <label class="search-field">
        ${icon(Search)}
        <input type="text" role="combobox" autofocus autocomplete="off" spellcheck="false"
          aria-label=${gettext("Channel or person")} placeholder=${gettext("Channel or person")}
          aria-expanded=${this.found.length > 0} aria-controls="destinations" aria-autocomplete="list"
          aria-activedescendant=${this.found.length > 0 ? `destination-${this.active}` : nothing}
          @input=${this.search} @keydown=${this.pressed}
          @keyup=${(event: KeyboardEvent) => this.enter.released(event)}
          @compositionstart=${() => this.enter.compositionStarted()}
          @compositionupdate=${(event: CompositionEvent) => this.enter.compositionUpdated(event.data)}
          @compositionend=${(event: CompositionEvent) => this.obey(this.enter.compositionEnded(), event)} />
      </label>
      <ul id="destinations" class="choices" role="listbox" aria-label=${gettext("Channels and people")}>
        ${this.found.map((destination, index) => this.option(destination, index))}
      </ul>
      ${this.found.length === 0 ? html`<p class="dialog-note">${gettext("Nothing found.")}</p>` : nothing}
    </div>`;
  }

  protected override updated(): void {
    this.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }

  private option(destination: Destination, index: number): TemplateResult {
    const { name, detail, unread, mentions, countsAll } = destination;
    return html`<li id="destination-${index}" class="choice choice-main ${unread > 0 ? "unread" : ""}"
      role="option" aria-selected=${index === this.active}
      @pointermove=${() => (this.active = index)} @click=${() => this.leaveFor(destination)}>
      ${this.picture(destination)}
      <span class="choice-text"><strong>${name}</strong>${detail ? html`<small>${detail}</small>` : nothing}</span>
      ${countBadge(unread, mentions, countsAll)}
    </li>`;
  }

  private picture({ to }: Destination): unknown {
    const { store } = this.chat;
    const conversation = "channel" in to ? store.conversations.get(to.channel.id) : undefined;
    const others = conversation?.channel.kind === "direct" ? conversation.others(store.myId) : [];
    const person = "person" in to ? to.person : others.length === 1 ? others[0] : undefined;
    if (person) return avatarWithPresence(person, store.people.presence(person.id));
    return "channel" in to ? icon(iconOf(to.channel)) : nothing;
  }

  private search(event: InputEvent): void {
    this.typed = (event.target as HTMLInputElement).value;
    this.active = 0;
  }

  private pressed(event: KeyboardEvent): void {
    const composing = this.enter.isComposing || event.isComposing;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && !composing && !event.altKey) {
      event.preventDefault();
      const { length } = this.found;
      this.active = length > 0 ? (this.active + step + length) % length : 0;
    } else this.obey(this.enter.keyPressed(event), event);
  }

  /** As in the composer: Enter within Hangul counts once the syllable stands. */
  private obey(verdict: Verdict, event: Event): void {
    if (verdict === "pass") return;
    event.preventDefault();
    if (verdict === "send") this.leaveFor(this.found[this.active]);
    else if (verdict === "send-later") setTimeout(() => this.leaveFor(this.found[this.active]));
  }

  private leaveFor(destination: Destination | undefined): void {
    if (!destination) return;
    const { to } = destination;
    if ("channel" in to) return this.goTo(to.channel.id);
    const talk = async () => this.goTo((await this.chat.openDirect([to.person.id])).id);
    void attempt(this, talk());
  }
}
