/** What else can be done with a message: a menu that opens from its bar. */
import { html, nothing, type TemplateResult } from "lit";
import { Copy, Eye, type IconNode, Link, Mail, Pencil, Pin, PinOff, Trash2, User } from "lucide";
import { gettext } from "../i18n";
import type { Message } from "../wire";
import { icon } from "./icon";
import { moveInMenu } from "./popup";

export interface MenuRights {
  edit: boolean;
  remove: boolean;
  pin: boolean;
  /** Has a mark of how far one has read. */
  mark: boolean;
}

export interface MenuDeeds {
  edit: () => void;
  pin: () => void;
  copyLink: () => void;
  copyText: () => void;
  markUnread: () => void;
  showSeen: () => void;
  showAuthor: () => void;
  remove: () => void;
}

const item = (label: string, node: IconNode, act: () => void, kind = "") =>
  html`<button class="menu-item ${kind}" role="menuitem" @click=${act}>
    ${icon(node)}${label}
  </button>`;

const pinItem = (pinned: boolean, pin: () => void): TemplateResult =>
  pinned ? item(gettext("Unpin"), PinOff, pin) : item(gettext("Pin to the channel"), Pin, pin);

export function messageMenu(
  { pinned }: Message,
  can: MenuRights,
  deeds: MenuDeeds,
): TemplateResult {
  return html`<div class="menu message-menu" role="menu" popover
    aria-label=${gettext("More actions")} @keydown=${moveInMenu}>
    ${can.edit ? item(gettext("Edit"), Pencil, deeds.edit) : nothing}
    ${item(gettext("Copy link"), Link, deeds.copyLink)}
    ${item(gettext("Copy text"), Copy, deeds.copyText)}
    ${can.pin ? pinItem(pinned, deeds.pin) : nothing}
    ${
      can.mark
        ? [
            item(gettext("Mark unread from here"), Mail, deeds.markUnread),
            item(gettext("Seen by"), Eye, deeds.showSeen),
          ]
        : nothing
    }
    ${item(gettext("About the author"), User, deeds.showAuthor)}
    ${can.remove ? item(gettext("Delete"), Trash2, deeds.remove, "danger") : nothing}
  </div>`;
}
