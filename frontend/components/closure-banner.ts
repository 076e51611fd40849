/** Says that nobody can write for a while, or soon. */
import { html, nothing, type TemplateResult } from "lit";
import { Construction } from "lucide";
import { format, gettext } from "../i18n";
import { timeOfDay } from "../i18n/dates";
import type { Store } from "../models/store";
import { icon } from "./icon";

export function closureBanner({
  closure,
}: Pick<Store, "closure">): TemplateResult | typeof nothing {
  if (!closure) return nothing;
  const text =
    closure.startsAt > Date.now()
      ? format(gettext("From %(time)s on nobody can write for a while."), {
          time: timeOfDay(closure.startsAt),
        })
      : gettext("Nobody can write at the moment. Reading goes on.");
  return html`<div class="closure" role="status">
    ${icon(Construction)} <strong>${text}</strong> <span>${closure.message}</span>
  </div>`;
}
