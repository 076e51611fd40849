/** The channels that this reader can see, by name, for what is written about them. */
import {
  type ChannelNames as ByName,
  channelKey,
  hasChannelMarks,
  linkChannels,
} from "../models/channel-links";
import type { Directory } from "./directory";

export class ChannelNames {
  private names: ByName = new Map();
  private known = "";
  private asked = false;

  constructor(private readonly directory: Directory) {}

  /** The same map until a channel comes, goes or is renamed: who draws with it need not draw again. */
  current(): ByName {
    const channels = this.directory.named();
    const known = channels.map(({ id, name }) => `${id} ${name}`).join("\n");
    if (known === this.known) return this.names;
    this.known = known;
    this.names = new Map(channels.map(({ id, name }) => [channelKey(name), id]));
    return this.names;
  }

  /** Where something may be a channel that one has not joined, the list of them is asked for once. */
  linked(html: string): string {
    if (!hasChannelMarks(html)) return html;
    const linked = linkChannels(html, this.current());
    if (!this.asked && hasChannelMarks(linked)) {
      this.asked = true;
      this.directory.look("", Date.now());
    }
    return linked;
  }
}
