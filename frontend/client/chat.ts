/**
 * One tab's session: the socket, what is known, and the verbs that the page's parts call.
 * What comes in goes through `Incoming`; each verb's own bookkeeping stands in its module.
 */

import { Store } from "../models/store";
import { Connection, type ConnectionListener, type ConnectionState } from "../socket/connection";
import type { Channel } from "../wire";
import type { EventFrame, Requests } from "../wire-frames";
import { CatchUp } from "./catch-up";
import { ChannelNames } from "./channel-names";
import { Commands } from "./commands";
import { Completing } from "./completing";
import { Directory } from "./directory";
import { Documents } from "./documents";
import { Drafts } from "./drafts";
import { Incoming } from "./incoming";
import { Messages } from "./messages";
import { News } from "./news";
import { Pages } from "./pages";
import { Personal } from "./personal";
import { Preview } from "./preview";
import { Quotes } from "./quotes";
import { Reading } from "./reading";
import { Sending } from "./sending";
import { TypingTold } from "./typing-told";
import { Watching } from "./watching";

export class Chat implements ConnectionListener {
  readonly store = new Store();
  readonly connection: Connection;
  readonly pages: Pages;
  readonly messages: Messages;
  readonly quotes: Quotes;
  readonly preview: Preview;
  readonly sending: Sending;
  readonly reading: Reading;
  readonly typing: TypingTold;
  readonly watching: Watching;
  readonly directory: Directory;
  readonly channelNames: ChannelNames;
  readonly commands: Commands;
  readonly completing: Completing;
  readonly drafts: Drafts;
  readonly personal: Personal;
  readonly documents: Documents;
  readonly news: News;
  /** Parts that are loaded later, as a live space. One that says true keeps a frame to itself. */
  readonly taps = new Set<(frame: EventFrame) => boolean>();
  private readonly catchUp: CatchUp;
  private readonly incoming: Incoming;

  /** `onEnded` is called when the server closed for good: one has to log in again. */
  constructor(
    url: string,
    private readonly onEnded: () => void,
  ) {
    this.connection = new Connection(url, this);
    const { store, connection } = this;
    this.catchUp = new CatchUp(store, connection);
    this.pages = new Pages(store, connection);
    this.messages = new Messages(store, connection);
    this.quotes = new Quotes(store, connection);
    this.preview = new Preview(this.catchUp);
    this.sending = new Sending(store, connection);
    this.reading = new Reading(store, connection);
    this.typing = new TypingTold(store, connection);
    this.watching = new Watching(store, connection);
    this.directory = new Directory(store, connection);
    this.channelNames = new ChannelNames(this.directory);
    this.commands = new Commands(store, connection);
    this.completing = new Completing(store, this.commands, this.directory);
    this.documents = new Documents(store, connection);
    this.drafts = new Drafts(store, connection);
    this.personal = new Personal(store, connection, this.drafts);
    this.news = new News(store, connection);
    this.incoming = new Incoming(store, this.catchUp);
  }

  received(frame: EventFrame): void {
    if (frame.event === "hello" && frame.data.user === null) return this.onEnded();
    if ([...this.taps].some((tap) => tap(frame))) return;
    this.incoming.receive(frame);
    this.personal.receive(frame);
    this.documents.receive(frame);
    this.news.receive(frame);
    if (frame.event === "ready") this.begin();
    this.store.changed();
  }

  connectionChanged(state: ConnectionState): void {
    if (state.name === "ended") this.onEnded();
    this.store.changed();
  }

  async createChannel(kind: "public" | "private", name: string, topic: string): Promise<Channel> {
    const { channel } = await this.connection.request("create-channel", { kind, name, topic });
    return this.learn(channel);
  }

  async setPosting(channel: number, posting: Channel["posting"]): Promise<void> {
    this.learn((await this.connection.request("update-channel", { channel, posting })).channel);
  }

  async join(channel: number): Promise<void> {
    this.learn((await this.connection.request("join-channel", { channel })).channel);
    const conversation = this.store.conversations.get(channel);
    // What was said between the look and the join.
    if (conversation?.log.loaded) await this.catchUp.run(conversation);
  }

  async leave(channel: number): Promise<void> {
    await this.connection.request("leave-channel", { channel });
    this.store.conversations.get(channel)?.left();
    this.store.changed();
  }

  async openDirect(users: number[]): Promise<Channel> {
    return this.learn((await this.connection.request("open-direct", { users })).channel);
  }

  async openThread(message: number): Promise<Channel> {
    return this.learn((await this.connection.request("open-thread", { message })).channel);
  }

  async setStatus(status: Requests["set-status"]["data"]): Promise<void> {
    this.store.me = (await this.connection.request("set-status", status)).user;
    this.store.people.setPresence(this.store.myId, this.store.me.presence);
    this.store.changed();
  }

  private begin(): void {
    this.connection.settled();
    this.watching.again();
    this.documents.again();
    this.sending.resume();
  }

  private learn(channel: Channel): Channel {
    this.store.learn(channel);
    this.store.changed();
    return channel;
  }
}
