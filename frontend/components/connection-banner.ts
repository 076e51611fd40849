/** Says that the connection is gone, and that it is being looked after. */

import { html, nothing, type TemplateResult } from "lit";
import { CloudOff } from "lucide";
import { gettext } from "../i18n";
import type { Connection } from "../socket/connection";
import { icon } from "./icon";

export function connectionBanner(
  connection: Pick<Connection, "state" | "hurry">,
): TemplateResult | typeof nothing {
  const { name } = connection.state;
  if (name === "open" || name === "ended") return nothing;
  const again = html`<button class="button small" @click=${() => connection.hurry()}>
    ${gettext("Try now")}
  </button>`;
  return html`<div class="banner" role="status">
    ${icon(CloudOff)}
    <span>
      ${
        name === "waiting"
          ? gettext("No connection. What you write is sent when it is back.")
          : gettext("Connecting…")
      }
    </span>
    ${name === "waiting" ? again : nothing}
  </div>`;
}
