/** Who is typing, in a line that is always there, so that nothing jumps. */
import { html, nothing, type TemplateResult } from "lit";
import { format, gettext, list, ngettext } from "../i18n";
import type { Store } from "../models/store";

const NAMES_SHOWN = 3;

export function typingText(names: readonly string[]): string {
  if (names.length > NAMES_SHOWN) return gettext("Several people are typing…");
  const text = ngettext("%(names)s is typing…", "%(names)s are typing…", names.length);
  return format(text, { names: list(names) });
}

export function typingLine(store: Store, channel: number): TemplateResult {
  const names = store.typing.in(channel, Date.now()).map((person) => person.display_name);
  const dots = html`<span class="typing-dots" aria-hidden="true"><i></i><i></i><i></i></span>`;
  return html`<p class="typing-line" aria-live="polite">
    ${names.length > 0 ? html`${dots}${typingText(names)}` : nothing}
  </p>`;
}
