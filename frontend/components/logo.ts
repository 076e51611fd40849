/** The house's mark: its own picture, or the boards of a maru, laid as they lie in the hall. */
import { html, type TemplateResult } from "lit";
import { OUR_HOUSE } from "../models/house";
import type { House } from "../wire";

const boards = (): TemplateResult => html`<svg viewBox="0 0 32 32" aria-hidden="true">
  <rect width="32" height="32" rx="8" class="logo-ground" />
  <path
    class="logo-boards"
    d="M11 6v20M21 6v20M11 13h10M11 20h10M6 10h5M6 18h5M21 10h5M21 18h5"
  />
</svg>`;

export const logo = ({
  name,
  logo_url,
}: House = OUR_HOUSE): TemplateResult => html`<span class="logo">
  ${logo_url ? html`<img src=${logo_url} alt="" />` : boards()}
  <span class="logo-name">${name}</span>
</span>`;
