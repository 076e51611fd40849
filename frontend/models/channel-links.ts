/**
 * `#general` as a way there. The server only marks what may be the name of a channel; which one it
 * is, and whether there is one, each reader's page finds among the channels that this reader knows.
 * Korean writes on after a name without a space: #개발에서 leads to 개발.
 */

/** The server's own markup, after its sanitiser; and what follows, for names with spaces in them. */
const MARKED = /<span class="channel-name">#([^<]+)<\/span>([^<]{0,80})/g;
const LATIN = /[A-Za-z0-9_]/;

/** The ids of channels by their names, in the form that `linkChannels` looks for. */
export type ChannelNames = ReadonlyMap<string, number>;

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

export const channelKey = (name: string): string => escaped(name.normalize("NFC").toLowerCase());

export const hasChannelMarks = (html: string): boolean => html.includes('class="channel-name"');

/** What comes into the HTML is an id, and what was there already. */
export function linkChannels(html: string, channels: ChannelNames): string {
  if (!hasChannelMarks(html)) return html;
  return html.replace(MARKED, (whole, word: string, rest: string) => {
    const text = word + rest;
    const end = lengthOfName(text, channels);
    if (end === 0) return whole;
    const id = channels.get(text.slice(0, end).toLowerCase());
    return `<a class="channel-link" href="/c/${id}">#${text.slice(0, end)}</a>${text.slice(end)}`;
  });
}

/** The longest beginning that is a name, not within a Latin word; 0 without one. */
function lengthOfName(text: string, channels: ChannelNames): number {
  const lower = text.toLowerCase();
  for (let end = lower.length; end > 0; end--) {
    const isInWord = LATIN.test(lower[end - 1] ?? "") && LATIN.test(lower[end] ?? "");
    if (!isInWord && channels.has(lower.slice(0, end))) return end;
  }
  return 0;
}
