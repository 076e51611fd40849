/** The "?" sheet: every key that does something. */
import { html, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { gettext } from "../i18n";
import { Dialog } from "./dialog";

const isMac = () => navigator.platform.startsWith("Mac");
const command = () => (isMac() ? "⌘" : "Ctrl");
const alt = () => (isMac() ? "⌥" : "Alt");

type Row = [keys: string[], what: string];

const around = (): Row[] => [
  [[command(), "K"], gettext("Go to a channel or person")],
  [[alt(), "↑"], gettext("Previous conversation")],
  [[alt(), "↓"], gettext("Next conversation")],
  [[alt(), "Shift", "↑"], gettext("Previous unread conversation")],
  [[alt(), "Shift", "↓"], gettext("Next unread conversation")],
  [["Esc"], gettext("Close what is open; mark as read")],
];

/** As one has chosen what Enter does. */
const writing = (enterSends: boolean): Row[] => [
  [["C"], gettext("Write a message")],
  [enterSends ? ["Enter"] : [command(), "Enter"], gettext("Send")],
  [enterSends ? ["Shift", "Enter"] : ["Enter"], gettext("New line")],
  [["↑"], gettext("Edit the last message, in an empty field")],
  [["@", "#", ":", "/"], gettext("Name people, channels, emoji, commands")],
];

const reading = (): Row[] => [
  [["↑", "↓"], gettext("From message to message")],
  [["Tab"], gettext("To the actions of a message")],
  [[command(), ","], gettext("Preferences")],
  [["?"], gettext("This list")],
];

@customElement("maru-shortcuts")
export class ShortcutsDialog extends Dialog {
  protected override heading(): string {
    return gettext("Keyboard shortcuts");
  }

  protected override body(): TemplateResult {
    return html`<div class="dialog-body shortcuts" tabindex="0">
      ${part(gettext("Getting about"), around())} ${part(gettext("Writing"), writing(this.chat.store.preferences.enter_sends))}
      ${part(gettext("Reading"), reading())}
    </div>`;
  }
}

const part = (heading: string, rows: Row[]): TemplateResult => html`<section>
  <h3>${heading}</h3>
  <dl>
    ${rows.map(([keys, what]) => html`<div><dt>${what}</dt><dd>${keys.map((key) => html`<kbd>${key}</kbd>`)}</dd></div>`)}
  </dl>
</section>`;
