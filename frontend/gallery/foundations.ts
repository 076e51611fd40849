/** What everything is made of: colour, type, space, icons. */
import { html, type TemplateResult } from "lit";
import { Bell, Bookmark, Hash, Lock, MessagesSquare, Pencil, Pin, Search, Users } from "lucide";
import { icon } from "../components/icon";
import { gettext } from "../i18n";
import { section, specimen } from "./section";

const COLOURS = {
  paper: [
    "--paper-sunken",
    "--paper",
    "--paper-raised",
    "--paper-hover",
    "--line",
    "--line-strong",
  ],
  ink: ["--ink", "--ink-muted", "--ink-faint"],
  accent: ["--accent", "--accent-strong", "--accent-ink", "--accent-soft", "--accent-line"],
  danger: ["--danger", "--danger-ink", "--danger-soft"],
  presence: ["--online", "--away", "--busy", "--offline"],
  code: ["--code-comment", "--code-keyword", "--code-string", "--code-number", "--code-name"],
};
const SIZES = ["display", "title", "large", "body", "small", "tiny"];
const SPACES = [1, 2, 3, 4, 5, 6, 7, 8];
const RADII = ["small", "", "large", "round"];

const swatch = (token: string): TemplateResult =>
  html`<li class="swatch"><i style="background: var(${token})"></i><code>${token}</code></li>`;

const line = (size: string): TemplateResult =>
  html`<p style="font-size: var(--text-${size})">마루에서 만나요 · Meet in the hall 오후 3:05 <code>--text-${size}</code></p>`;

export const foundations = (): TemplateResult => html`
  ${section(
    gettext("Colour"),
    Object.values(COLOURS).map((tokens) => html`<ul class="swatches">${tokens.map(swatch)}</ul>`),
  )}
  ${section(gettext("Type"), SIZES.map(line))}
  ${section(gettext("Space and shape"), [
    ...SPACES.map(
      (step) =>
        html`<p class="measure"><i style="width: var(--space-${step})"></i><code>--space-${step}</code></p>`,
    ),
    html`<p class="samples">${RADII.map((name) => radius(name ? `--radius-${name}` : "--radius"))}</p>`,
    html`<p class="samples">
      <span class="tile" style="box-shadow: var(--shadow-1)"><code>--shadow-1</code></span>
      <span class="tile" style="box-shadow: var(--shadow-2)"><code>--shadow-2</code></span>
    </p>`,
  ])}
  ${section(
    gettext("Icons"),
    specimen(
      "Lucide, 18 px",
      [Hash, Lock, Users, Search, Bell, Pin, Bookmark, Pencil, MessagesSquare].map(
        (node) => html`${icon(node)} `,
      ),
    ),
  )}`;

const radius = (token: string): TemplateResult =>
  html`<span class="tile" style="border-radius: var(${token})"><code>${token}</code></span>`;
