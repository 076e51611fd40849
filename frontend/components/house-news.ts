/** What the house announces, above everything until its reader has seen or confirmed it. */
import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { Info, Megaphone, TriangleAlert } from "lucide";
import { format, gettext } from "../i18n";
import type { Announcement } from "../wire";
import { body } from "./body";
import { Live } from "./element";
import { icon } from "./icon";
import { attempt } from "./problem";

const SIGNS = { info: Info, warning: Megaphone, critical: TriangleAlert };

@customElement("maru-house-news")
export class HouseNews extends Live {
  protected override render(): TemplateResult | typeof nothing {
    const { announcements } = this.chat.store;
    const [first] = announcements;
    return first ? this.card(first, announcements.length) : nothing;
  }

  private card(news: Announcement, count: number): TemplateResult {
    return html`<section
      class="news ${news.level}"
      role=${news.level === "critical" ? "alert" : "status"}
      aria-label=${gettext("Announcement")}
    >
      ${icon(SIGNS[news.level])}
      <div class="news-text">
        <h2>${news.title}</h2>
        ${news.html ? body(news.html, this.chat) : nothing}
        <footer>
          <button class="button ${news.requires_acknowledgement ? "" : "quiet"}" @click=${() => this.seen(news)}>
            ${news.requires_acknowledgement ? gettext("I have read it") : gettext("Got it")}
          </button>
          ${
            count > 1
              ? html`<span>${format(gettext("%(count)s more"), { count: count - 1 })}</span>`
              : nothing
          }
        </footer>
      </div>
    </section>`;
  }

  private async seen(news: Announcement): Promise<void> {
    await attempt(this, this.chat.news.acknowledge(news.id));
  }
}
