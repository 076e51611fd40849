/** On a narrow screen the sidebar is a drawer; the handle tells when something waits in it. */
import { html, type TemplateResult } from "lit";
import { PanelLeft } from "lucide";
import { gettext } from "../i18n";
import { icon } from "./icon";

const open = (event: Event) =>
  event.target?.dispatchEvent(new CustomEvent("sidebar-opened", { bubbles: true }));

export const sidebarOpener = (news: boolean): TemplateResult =>
  html`<button
    class="button-icon only-narrow"
    aria-label=${gettext("Open the sidebar")}
    title=${gettext("Open the sidebar")}
    ?data-news=${news}
    @click=${open}
  >
    ${icon(PanelLeft)}
  </button>`;
