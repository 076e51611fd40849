/** How the page is to be for oneself. Each choice counts at once, on all of one's devices. */

import { html, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { gettext } from "../i18n";
import type { Preferences } from "../wire";
import { Dialog } from "./dialog";
import { attempt } from "./problem";

type Choices = [value: string, label: string][];

@customElement("maru-preferences")
export class PreferencesDialog extends Dialog {
  protected override heading(): string {
    return gettext("Preferences");
  }

  protected override body(): TemplateResult {
    return html`<form class="dialog-body preferences" @change=${this.changed}
      @submit=${(event: Event) => event.preventDefault()}>
      ${this.choice("theme", gettext("Theme"), [
        ["auto", gettext("As the system")],
        ["light", gettext("Light")],
        ["dark", gettext("Dark")],
      ])}
      ${this.choice("density", gettext("Spacing"), [
        ["cozy", gettext("Roomy")],
        ["compact", gettext("Compact")],
      ])}
      ${this.choice("enter_sends", gettext("The Enter key"), [
        ["true", gettext("Sends")],
        ["false", gettext("New line, Ctrl+Enter sends")],
      ])}
      ${this.choice("clock", gettext("Clock"), [
        ["auto", gettext("As the language has it")],
        ["12", gettext("12 hours")],
        ["24", gettext("24 hours")],
      ])}
      ${this.choice("language", gettext("Language"), [
        ["", gettext("As the browser")],
        ["en", "English"],
        ["ko", "한국어"],
      ])}
      ${this.choice("contrast", gettext("Contrast"), [
        ["auto", gettext("As the system")],
        ["high", gettext("High")],
      ])}
      ${this.check("reduced_motion", gettext("Less motion"), gettext("Things appear where they are, without moving."))}
      ${this.check("share_reading", gettext("Show how far I have read"), gettext("Others see it, and you see theirs."))}
    </form>`;
  }

  private choice(name: keyof Preferences, label: string, choices: Choices): TemplateResult {
    const chosen = String(this.chat.store.preferences[name]);
    return html`<fieldset class="preference">
      <legend>${label}</legend>
      <div class="segments">
        ${choices.map(
          ([value, text]) => html`<label>
            <input type="radio" name=${name} value=${value} .checked=${value === chosen} />
            <span>${text}</span>
          </label>`,
        )}
      </div>
    </fieldset>`;
  }

  private check(
    name: "reduced_motion" | "share_reading",
    label: string,
    hint: string,
  ): TemplateResult {
    return html`<label class="check">
      <input type="checkbox" name=${name} .checked=${this.chat.store.preferences[name]} />
      <span><strong>${label}</strong><small>${hint}</small></span>
    </label>`;
  }

  private async changed(event: Event): Promise<void> {
    const { name, type, value, checked } = event.target as HTMLInputElement;
    const isTruth = type === "checkbox" || name === "enter_sends";
    const chosen = isTruth ? checked && value !== "false" : value;
    const worked = await attempt(this, this.chat.personal.prefer({ [name]: chosen }));
    // The texts of the page come from the server in one language.
    if (worked && name === "language") location.reload();
  }
}
