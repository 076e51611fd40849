/** A person's picture, or initials on a calm colour; with a dot that tells whether they are here. */
import { html, nothing, type TemplateResult } from "lit";
import { gettext } from "../i18n";
import type { Presence, Sender } from "../wire";

const HUES = 8;
const HANGUL_NAME = /^\p{Script=Hangul}{2,}$/u;

/** 김철수 is 철수 to friends; Ada Lovelace is AL. What stands in brackets is no part of a name. */
export function initials(displayName: string): string {
  const name = displayName.replace(/\(.*\)/u, "").trim();
  if (HANGUL_NAME.test(name)) return name.slice(-2);
  const words = name.split(/[\s._-]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const letters = words.map((word) => Array.from(word)[0] ?? "");
  const [first = "?", last = ""] = [letters[0], letters.length > 1 ? letters.at(-1) : ""];
  return (first + last).toUpperCase();
}

export function avatar(person: Sender): TemplateResult {
  const [first, ...rest] = initials(person.display_name);
  // A small avatar has room for one letter only: the style sheet hides the others.
  const picture = person.avatar_url
    ? html`<img src=${person.avatar_url} alt="" loading="lazy" />`
    : html`${first}<span class="avatar-rest">${rest.join("")}</span>`;
  return html`<span class="avatar" data-hue=${person.id % HUES} data-person=${person.id} aria-hidden="true">${picture}</span>`;
}

function presenceName(presence: Presence): string {
  if (presence === "online") return gettext("Online");
  if (presence === "away") return gettext("Away");
  return presence === "busy" ? gettext("Busy") : gettext("Offline");
}

export const presenceDot = (presence: Presence): TemplateResult =>
  html`<span class="presence" data-presence=${presence} role="img"
    aria-label=${presenceName(presence)} title=${presenceName(presence)}></span>`;

export const avatarWithPresence = (person: Sender, presence: Presence): TemplateResult =>
  html`<span class="avatar-holder">${avatar(person)}${presenceDot(presence)}</span>`;

export const botMark = (person: Sender): TemplateResult | typeof nothing =>
  person.is_bot ? html`<span class="mark">${gettext("Bot")}</span>` : nothing;
