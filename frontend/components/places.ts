/** The ways to what is no conversation: the threads that one follows, what one has saved, documents. */
import { html, nothing, type TemplateResult } from "lit";
import { Bookmark, Files, type IconNode, MessagesSquare } from "lucide";
import { gettext } from "../i18n";
import { addressOf, inView, type View } from "../models/place";
import type { Store } from "../models/store";
import { countBadge } from "./badge";
import { icon } from "./icon";

function link(view: View, current: View, node: IconNode, name: string, news: number) {
  return html`<li>
    <a class="sidebar-link ${news > 0 ? "unread" : ""}" href=${addressOf(inView(view))}
      aria-current=${view === current ? "page" : nothing}>
      ${icon(node)}<span class="sidebar-name">${name}</span>${countBadge(news, news)}
    </a>
  </li>`;
}

export const places = (store: Store, current: View): TemplateResult =>
  html`<ul class="sidebar-places">
    ${link("threads", current, MessagesSquare, gettext("Threads"), store.unreadThreads())}
    ${link("saved", current, Bookmark, gettext("Saved messages"), 0)}
    <li>
      <a class="sidebar-link" href="/documents/">
        ${icon(Files)}<span class="sidebar-name">${gettext("Documents")}</span>
      </a>
    </li>
  </ul>`;
