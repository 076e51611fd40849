/** Every component of the design system in every state, drawn by the code that the chat is drawn by. */
import { html, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { closureBanner } from "../components/closure-banner";
import { connectionBanner } from "../components/connection-banner";
import { dialog, type OpenDialog } from "../components/dialogs";
import { Live } from "../components/element";
import { noChannelYet, notThere, waitingRoom } from "../components/empty";
import "../components/house-news";
import { wearPreferences } from "../components/look";
import "../components/sidebar";
import "../components/toast";
import { format, gettext } from "../i18n";
import { DEFAULT_PREFERENCES } from "../models/preferences";
import type { Preferences } from "../wire";
import { controls } from "./controls";
import { foundations } from "./foundations";
import { messages } from "./messages";
import { message, YOUNGHEE } from "./samples";
import { section, specimen } from "./section";

type Look = Pick<Preferences, "theme" | "density" | "contrast">;

const LOOKS: { [Name in keyof Look]: Look[Name][] } = {
  theme: ["auto", "light", "dark"],
  density: ["cozy", "compact"],
  contrast: ["auto", "high"],
};

@customElement("maru-gallery")
export class Gallery extends Live {
  @state() private look: Look = DEFAULT_PREFERENCES;
  @state() private dialog: OpenDialog = null;
  @state() private toast = "";

  protected override render(): TemplateResult {
    return html`<main class="gallery"
      @click=${this.clicked}
      @problem=${(event: CustomEvent<string>) => this.say(event.detail)}
      @dialog-asked=${(event: CustomEvent<OpenDialog>) => (this.dialog = event.detail)}
      @dialog-closed=${() => (this.dialog = null)}>
      <header class="gallery-head">
        <h1>${gettext("Components")}</h1>
        ${(Object.keys(LOOKS) as (keyof Look)[]).map((name) => this.switch(name))}
      </header>
      ${foundations()} ${controls()} ${messages(this.chat)} ${this.around()} ${this.states()}
      ${dialog(this.dialog, this.chat)} <maru-toast .text=${this.toast}></maru-toast>
    </main>`;
  }

  /** A composer welcomes whoever comes into its room: here there are four, and one comes to look. */
  protected override firstUpdated(): void {
    requestAnimationFrame(() => {
      (document.activeElement as HTMLElement | null)?.blur();
      this.scrollTop = 0;
    });
  }

  protected override updated(): void {
    wearPreferences({ ...DEFAULT_PREFERENCES, ...this.look });
  }

  /** Named as one writes them in code. */
  private switch(name: keyof Look): TemplateResult {
    return html`<fieldset class="segments" aria-label=${name}>
      ${LOOKS[name].map(
        (value) => html`<label>
          <input type="radio" name=${name} .checked=${this.look[name] === value}
            @change=${() => (this.look = { ...this.look, [name]: value })} />
          <span>${value}</span>
        </label>`,
      )}
    </fieldset>`;
  }

  private around(): TemplateResult {
    const open = (label: string, asked: OpenDialog) =>
      html`<button class="button small quiet" @click=${() => (this.dialog = asked)}>${label}</button> `;
    const sample = message(YOUNGHEE, "<p>지울까요?</p>");
    const [first] = this.chat.store.channels();
    return section(gettext("Around"), [
      specimen(
        gettext("The sidebar"),
        html`<maru-sidebar .chat=${this.chat} .current=${first?.id ?? 0}></maru-sidebar>`,
      ),
      specimen(gettext("Dialogs"), [
        open(gettext("Go to"), "switch"),
        open(gettext("Create a channel"), "create"),
        open(gettext("Your status"), "status"),
        open(gettext("Preferences"), "preferences"),
        open(gettext("Keyboard shortcuts"), "help"),
        open(gettext("Delete"), { remove: sample }),
        first
          ? open(format(gettext("Settings of %(channel)s"), { channel: first.channel.name }), {
              membership: first,
            })
          : "",
      ]),
      specimen(
        gettext("A word at the foot of the page"),
        html`<button class="button small quiet" @click=${() => this.say(gettext("Copied."))}>${gettext("Copy link")}</button>`,
      ),
    ]);
  }

  private states(): TemplateResult {
    const closure = { startsAt: 0, message: "판올림 · a new version" };
    const lost = { state: { name: "waiting" as const, until: 0 }, hurry: () => undefined };
    return section(gettext("Nothing, not yet, not now"), [
      specimen(gettext("Nothing yet"), noChannelYet()),
      specimen(gettext("Not there"), notThere()),
      specimen(gettext("Loading…"), waitingRoom()),
      specimen(
        gettext("No connection"),
        html`<div class="bar-holder">${connectionBanner(lost)}</div>`,
      ),
      specimen(gettext("Closed for a while"), closureBanner({ closure })),
    ]);
  }

  private clicked(event: MouseEvent): void {
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
    if (link) event.preventDefault(); // a place in a world that is not there
  }

  private say(text: string): void {
    this.toast = text;
  }
}
