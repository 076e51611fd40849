/** Messages in every state, and where one writes them. */
import { html, type TemplateResult } from "lit";
import type { Chat } from "../client/chat";
import "../components/composer";
import { dayRow, newRow } from "../components/dividers";
import "../components/draft";
import "../components/message";
import { messageActions } from "../components/message-actions";
import { messageCard } from "../components/message-card";
import { replyBanner } from "../components/quote";
import { typingLine } from "../components/typing-line";
import { gettext } from "../i18n";
import type { Conversation } from "../models/conversation";
import type { Message } from "../wire";
import { BOB, BUILDER, CHEOLSU, channel, EMMA, ME, message, YOUNGHEE } from "./samples";
import { section, specimen } from "./section";
import { conversation } from "./world";

const GREETING = "<p>안녕하세요, 마루입니다. Good to see you here.</p>";
const MARKED = `<p><strong>Bold</strong>, <em>slanted</em>, <s>gone</s>, <code>code</code>, <a href="https://example.com/">a link</a>,
  <span class="mention" data-user="1">@Alice Kwon</span> <span class="channel-name">#general</span>에서</p>
  <blockquote><p>모두가 만나는 열린 마루</p></blockquote><ul><li>첫째</li><li>second</li></ul>
  <pre><code class="language-python"><span class="k">def</span> <span class="nf">greet</span>(name):  <span class="c1"># 인사</span>
    <span class="k">return</span> <span class="s2">"안녕 "</span> + name * <span class="mi">2</span></code></pre>
  <table><thead><tr><th>요일</th><th>Lunch</th></tr></thead><tbody><tr><td>월</td><td>비빔밥</td></tr></tbody></table>`;
const LONG = `<p>${"마루에서 나눈 긴 이야기는 줄을 바꾸며 이어집니다. ".repeat(5)}${"x".repeat(160)}</p>`;
const EMOJI = "👍 🎉";

type Shown = [state: string, message: Message, look?: Partial<Record<"saved" | "quoted", unknown>>];

const samples = (): Shown[] => [
  [gettext("Plain"), message(BOB, GREETING)],
  [
    gettext("For me"),
    message(
      CHEOLSU,
      '<p><span class="mention" data-user="1">@Alice Kwon</span>님, 점심 드셨어요?</p>',
      { mentions: [ME.id] },
    ),
  ],
  [gettext("Everything that a text can hold"), message(EMMA, MARKED)],
  [gettext("Long"), message(YOUNGHEE, LONG)],
  [
    gettext("Edited, pinned, saved"),
    message(ME, GREETING, { edited_at: "2026-11-22T06:08:00.000Z", pinned: true }),
    { saved: true },
  ],
  [
    gettext("With a quote"),
    message(ME, "<p>네!</p>", { reply_to: 1 }),
    { quoted: message(BOB, GREETING) },
  ],
  [
    gettext("Quoting what is gone"),
    message(BOB, "<p>Pity.</p>", { reply_to: 1 }),
    { quoted: null },
  ],
  [gettext("With reactions and a thread"), withFeedback()],
  [gettext("Deleted"), message(BOB, "", { deleted: true })],
  [gettext("By a program"), message(BUILDER, "<p>main: 41 tests passed ✅</p>")],
];

const withFeedback = (): Message =>
  message(YOUNGHEE, "<p>오늘 배포할까요?</p>", {
    reactions: EMOJI.split(" ").map((emoji, index) => ({
      emoji,
      users: index ? [2, 3] : [1, 2, 3],
    })),
    thread: {
      channel: 1,
      reply_count: 4,
      last_reply_at: "2026-11-22T06:30:00.000Z",
      participants: [2, 3, 4],
    },
  });

const asMessage = (chat: Chat, [state, shown, look = {}]: Shown): TemplateResult =>
  specimen(
    state,
    html`<maru-message .chat=${chat} .message=${shown} .saved=${Boolean(look.saved)} .quoted=${look.quoted ?? null}></maru-message>`,
  );

const draft = (chat: Chat, failure: string | null): TemplateResult => {
  const sample = {
    clientId: "",
    channel: 0,
    text: "보내는 중인 말",
    replyTo: null,
    writtenAt: Date.now(),
    failure,
  };
  return html`<maru-draft .chat=${chat} .draft=${sample}></maru-draft>`;
};

const bar = (): TemplateResult => {
  const nothing = () => undefined;
  const deeds = {
    canAnswer: true,
    react: nothing,
    pick: nothing,
    openThread: nothing,
    quote: nothing,
    save: nothing,
    openMenu: nothing,
  };
  return html`<div class="bar-holder">
    ${messageActions({ canWrite: true, inThread: false, isSaved: true, menuOpen: false, ...deeds })}
  </div>`;
};

const composer = (chat: Chat, shown: Conversation): TemplateResult =>
  html`<maru-composer .chat=${chat} .conversation=${shown}></maru-composer>`;

function rooms(
  chat: Chat,
): Record<"empty" | "written" | "archived" | "reserved" | "guest", Conversation> {
  const written = conversation(chat, channel("design"));
  written.draft = "여기까지 썼어요\nand a second line";
  written.replyTo = message(BOB, GREETING);
  return {
    empty: conversation(chat, channel("general")),
    written,
    archived: conversation(chat, channel("old", { archived: true })),
    reserved: conversation(chat, channel("news", { posting: "owners" })),
    guest: conversation(chat, channel("lobby", { membership: null })),
  };
}

let shown: ReturnType<typeof rooms> | undefined;
let said: Shown[] | undefined;

export function messages(chat: Chat): TemplateResult {
  shown ??= rooms(chat);
  said ??= samples();
  const { empty, written, archived, reserved, guest } = shown;
  chat.store.typing.started(empty.id, CHEOLSU, Date.now());
  return html`
    ${section(
      gettext("Messages"),
      said.map((sample) => asMessage(chat, sample)),
    )}
    ${section(gettext("Around messages"), [
      specimen(gettext("On its way, not sent"), [draft(chat, null), draft(chat, "internal")]),
      specimen(gettext("What can be done"), bar()),
      specimen(gettext("A day, a day with news, news"), [
        dayRow(Date.now(), false, () => undefined),
        dayRow(Date.now(), true, () => undefined),
        newRow(),
      ]),
      specimen(
        gettext("Away from its place"),
        messageCard(message(EMMA, GREETING), chat, {
          above: html`<p class="card-why">#general</p>`,
        }),
      ),
    ])}
    ${section(gettext("Where one writes"), [
      specimen(gettext("Empty, while somebody types"), [
        typingLine(chat.store, empty.id),
        composer(chat, empty),
      ]),
      specimen(gettext("Written in, with a quote"), [
        replyBanner(written, () => undefined),
        composer(chat, written),
      ]),
      specimen(gettext("For a guest"), composer(chat, guest)),
      specimen(gettext("Archived"), composer(chat, archived)),
      specimen(gettext("Where owners write"), composer(chat, reserved)),
    ])}`;
}
