/** The ways to what is no conversation: the threads that one follows, what one has saved, documents. */
import { html, nothing, type TemplateResult } from "lit";
import { Bookmark, Files, type IconNode, MessagesSquare } from "lucide";
import { gettext } from "../i18n";
import { addressOf, inView, type View } from "../models/place";
import type { Store } from "../models/store";
import { countBadge } from "./badge";
import { icon } from "./icon";
import { draftMark } from "./marks";

interface Way {
  view: View;
  node: IconNode;
  name: string;
  news: number;
  isWritten: boolean;
}

function link({ view, node, name, news, isWritten }: Way, current: View) {
  return html`<li>
    <a class="sidebar-link ${news > 0 ? "unread" : ""}" href=${addressOf(inView(view))}
      aria-current=${view === current ? "page" : nothing}>
      ${icon(node)}<span class="sidebar-name">${name}</span>
      ${isWritten ? draftMark() : nothing} ${countBadge(news, news)}
    </a>
  </li>`;
}

/** `thread`: the one that stands open. */
export function places(store: Store, current: View, thread: number): TemplateResult {
  const threads: Way = {
    view: "threads",
    node: MessagesSquare,
    name: gettext("Threads"),
    news: store.unreadThreads(),
    isWritten: store.hasThreadDraft(thread),
  };
  const saved = gettext("Saved messages");
  return html`<ul class="sidebar-places">
    ${link(threads, current)}
    ${link({ view: "saved", node: Bookmark, name: saved, news: 0, isWritten: false }, current)}
    <li>
      <a class="sidebar-link" href="/documents/">
        ${icon(Files)}<span class="sidebar-name">${gettext("Documents")}</span>
      </a>
    </li>
  </ul>`;
}
