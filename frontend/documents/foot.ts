/** The foot of a document: how long it is, and whether it is safe with the server. */
import { html, nothing, type TemplateResult } from "lit";
import { Cloud, CloudOff, type IconNode, LoaderCircle } from "lucide";
import { icon } from "../components/icon";
import { format, gettext, ngettext } from "../i18n";
import { count } from "./count";
import type { SyncState } from "./shared-text";

/** Without a text until that has come. */
export function documentFoot(text: string | null, state: SyncState): TemplateResult {
  return html`<footer class="document-foot">
    <span class="document-sync" data-state=${state} role="status">${icon(emblem(state))}${say(state)}</span>
    ${text === null ? nothing : length(text)}
  </footer>`;
}

function length(text: string): TemplateResult {
  const { words, characters } = count(text);
  return html`<span>
    ${format(ngettext("%(count)s word", "%(count)s words", words), { count: words })} ·
    ${format(ngettext("%(count)s character", "%(count)s characters", characters), { count: characters })}
  </span>`;
}

function emblem(state: SyncState): IconNode {
  if (state === "synced") return Cloud;
  return state === "offline" ? CloudOff : LoaderCircle;
}

function say(state: SyncState): string {
  if (state === "synced") return gettext("Saved");
  if (state === "offline")
    return gettext("Offline: go on writing, it is merged when the connection is back.");
  return gettext("Connecting…");
}
