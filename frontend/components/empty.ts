/** The middle of the page when no conversation stands in it. */

import { html, type TemplateResult } from "lit";
import { Compass, Plus, SearchX } from "lucide";
import { gettext } from "../i18n";
import type { DialogName } from "./dialogs";
import { icon } from "./icon";
import { sidebarOpener } from "./sidebar-opener";

const ask = (name: DialogName) => (event: Event) =>
  event.target?.dispatchEvent(
    new CustomEvent<DialogName>("dialog-asked", { bubbles: true, detail: name }),
  );

const bareHead = () => html`<header class="room-head bare">${sidebarOpener(false)}</header>`;

export const notThere = (): TemplateResult => html`${bareHead()}
  <div class="empty">
    <span class="emblem">${icon(SearchX)}</span>
    <h1>${gettext("Nothing here")}</h1>
    <p>${gettext("This conversation does not exist, or it is not open to you.")}</p>
    <button class="button" @click=${ask("browse")}>${gettext("Browse channels")}</button>
  </div>`;

export const noChannelYet = (): TemplateResult => html`${bareHead()}
  <div class="empty">
    <span class="emblem">${icon(Compass)}</span>
    <h1>${gettext("Welcome to the hall")}</h1>
    <p>${gettext("Join a channel to see what people talk about, or open one of your own.")}</p>
    <p class="empty-actions">
      <button class="button" @click=${ask("browse")}>${icon(Compass)} ${gettext("Browse channels")}</button>
      <button class="button quiet" @click=${ask("create")}>${icon(Plus)} ${gettext("Create a channel")}</button>
    </p>
  </div>`;

const ROWS = Array.from({ length: 6 });

/** The shape of what is about to come. */
export const waitingRoom = (): TemplateResult => html`${bareHead()}
  <div class="waiting" role="status" aria-label=${gettext("Loading…")}>
    ${ROWS.map(() => html`<div class="waiting-row"><i></i><b></b></div>`)}
  </div>`;
