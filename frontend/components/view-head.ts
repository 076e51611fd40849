/** The heading of a view that is no conversation. */
import { html, type TemplateResult } from "lit";
import type { IconNode } from "lucide";
import { icon } from "./icon";
import { sidebarOpener } from "./sidebar-opener";

export const viewHead = (node: IconNode, name: string, note: string): TemplateResult =>
  html`<header class="room-head">
    ${sidebarOpener(false)}
    <div class="room-title">
      <div class="room-name">${icon(node)}<h1>${name}</h1></div>
      <p class="room-topic">${note}</p>
    </div>
  </header>`;
