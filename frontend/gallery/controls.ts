/** What one touches, and the small marks beside it. */
import { html, type TemplateResult } from "lit";
import { Ellipsis, PanelLeft, Plus, Search, Users } from "lucide";
import { avatar, avatarWithPresence, botMark, presenceDot } from "../components/avatar";
import { countBadge } from "../components/badge";
import { charactersLeft } from "../components/characters-left";
import { icon } from "../components/icon";
import { logo } from "../components/logo";
import { gettext } from "../i18n";
import { BUILDER, PEOPLE } from "./samples";
import { section, specimen } from "./section";

const button = (look: string, label: string, disabled = false): TemplateResult =>
  html`<button class="button ${look}" ?disabled=${disabled}>${label}</button> `;

const buttons = (): TemplateResult => html`
  ${specimen(gettext("Plain, quiet, dangerous"), [
    button("", gettext("Save")),
    button("quiet", gettext("Cancel")),
    button("danger", gettext("Delete")),
  ])}
  ${specimen(gettext("Disabled"), [button("", gettext("Save"), true), button("quiet", gettext("Cancel"), true)])}
  ${specimen(gettext("Small"), [button("small", gettext("Try again")), button("small quiet", gettext("Discard"))])}
  ${specimen(
    gettext("With an icon alone: plain, open, with news, with a number"),
    html`<button class="button-icon" aria-label=${gettext("More")}>${icon(Ellipsis)}</button>
      <button class="button-icon" aria-label=${gettext("More")} aria-expanded="true">${icon(Ellipsis)}</button>
      <button class="button-icon" aria-label=${gettext("Open the sidebar")} data-news>${icon(PanelLeft)}</button>
      <button class="button-icon with-text" aria-label=${gettext("Members")}>${icon(Users)}<span>8</span></button>
      <button class="button">${icon(Plus)} ${gettext("Create a channel")}</button>`,
  )}`;

const fields = (): TemplateResult => html`
  ${specimen(
    gettext("Empty, filled, wrong, disabled"),
    html`<label class="field"><span>${gettext("Name")}</span><input placeholder=${gettext("for example: Projects")} /></label>
      <label class="field"><span>${gettext("Topic")} <small>${gettext("optional")}</small></span><input value="모두의 마루" /></label>
      <label class="field"><span>${gettext("Name")}</span><input aria-invalid="true" value="general" /></label>
      <p class="field-problem">${gettext("This name is already taken.")}</p>
      <label class="field"><span>${gettext("Name")}</span><input disabled value="general" /></label>
      <label class="search-field">${icon(Search)}<input type="search" aria-label=${gettext("Find an emoji")} placeholder=${gettext("Find an emoji")} /></label>`,
  )}
  ${specimen(gettext("Little room left, too long"), [charactersLeft(12), charactersLeft(-3)])}
  ${specimen(
    gettext("Chosen and not"),
    html`<label class="check"><input type="checkbox" checked /><span><strong>${gettext("Starred")}</strong><small>${gettext("Stands above all others in the sidebar.")}</small></span></label>
      <label class="check"><input type="checkbox" /><span>${gettext("Muted")}</span></label>
      <fieldset class="preference"><legend>${gettext("Spacing")}</legend><div class="segments">
        <label><input type="radio" name="sample" checked /><span>${gettext("Roomy")}</span></label>
        <label><input type="radio" name="sample" /><span>${gettext("Compact")}</span></label>
      </div></fieldset>`,
  )}`;

const marks = (): TemplateResult => html`
  ${specimen(gettext("Unread, unread in peace, mentions, many"), [
    countBadge(3, 3),
    countBadge(3, 0),
    countBadge(12, 2),
    countBadge(2, 2, false),
    countBadge(1_000, 0),
  ])}
  ${specimen(gettext("Faces"), html`<div class="samples">${PEOPLE.map(avatar)}</div>`)}
  ${specimen(
    gettext("Online, away, busy, offline"),
    html`<div class="samples">
      ${(["online", "away", "busy", "offline"] as const).map((presence, index) => {
        const [person] = PEOPLE.slice(index);
        return html`${person ? avatarWithPresence(person, presence) : ""} ${presenceDot(presence)} `;
      })}
    </div>`,
  )}
  ${specimen(gettext("Marks"), html`${botMark(BUILDER)} <span class="mark">${gettext("Owner")}</span> <kbd>Ctrl K</kbd>`)}
  ${specimen(gettext("The house"), logo())}`;

export const controls = (): TemplateResult => html`
  ${section(gettext("Buttons"), buttons())}
  ${section(gettext("Fields"), fields())}
  ${section(gettext("Faces and badges"), marks())}`;
