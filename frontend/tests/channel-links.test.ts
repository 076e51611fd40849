/** Which words after a "#" lead to a channel. */
import { expect, it } from "vitest";
import { channelKey, linkChannels } from "../models/channel-links";

const CHANNELS = new Map(
  [
    ["general", 1],
    ["개발", 2],
    ["Q&A", 3],
    ["제품 개발", 4],
    ["gen", 5],
  ].map(([name, id]) => [channelKey(name as string), id as number]),
);
const marked = (word: string, rest = "") =>
  `<p>to <span class="channel-name">#${word}</span>${rest}</p>`;
const link = (id: number, name: string, rest = "") =>
  `<p>to <a class="channel-link" href="/c/${id}">#${name}</a>${rest}</p>`;

it.each([
  [marked("general", "!"), link(1, "general", "!")],
  [marked("General."), link(1, "General", ".")],
  [marked("개발에서", " 봐요"), link(2, "개발", "에서 봐요")],
  [marked("Q", "&amp;A now"), link(3, "Q&amp;A", " now")],
  [marked("제품", " 개발은"), link(4, "제품 개발", "은")],
])("%s leads there", (html, expected) => expect(linkChannels(html, CHANNELS)).toBe(expected));

it("leaves what the reader knows no channel for", () => {
  for (const word of ["secret", "generally", "1", "ge"])
    expect(linkChannels(marked(word), CHANNELS)).toBe(marked(word));
});
