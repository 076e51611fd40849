// The stock provider of y-websocket in Node, driven by lines of JSON from a test.

import { createInterface } from "node:readline";
import WebSocket from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";

const clients = new Map();

const open = ({ name, url, room, token }) => {
  class Authorized extends WebSocket {
    constructor(address, protocols) {
      super(address, protocols, { headers: { Authorization: `Bearer ${token}` } });
    }
  }
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(url, room, doc, {
    WebSocketPolyfill: Authorized,
    disableBc: true,
    maxBackoffTime: 500,
  });
  const client = { doc, provider, text: doc.getText("text"), closed: [], refused: 0 };
  provider.on("connection-close", (event) => event && client.closed.push(event.code));
  provider.messageHandlers[2] = () => (client.refused += 1);
  clients.set(name, client);
};

const LETTERS = ["a", "b", " ", "\n", "가", "é", "😀", "나다"];

// As an editor does it: between characters, never inside one.
const edit = (client, random) => {
  const characters = [...client.text.toString()];
  const place = Math.floor(random() * (characters.length + 1));
  const at = characters.slice(0, place).join("").length;
  const next = characters[place];
  if (next !== undefined && random() < 0.4) client.text.delete(at, next.length);
  else client.text.insert(at, LETTERS[Math.floor(random() * 8)]);
};

const commands = {
  open,
  text: ({ name }) => clients.get(name).text.toString(),
  insert: ({ name, at, text }) => clients.get(name).text.insert(at, text),
  delete: ({ name, at, length }) => clients.get(name).text.delete(at, length),
  edit: ({ name, count }) => {
    for (let n = 0; n < count; n++) edit(clients.get(name), Math.random);
  },
  synced: ({ name }) => clients.get(name).provider.synced,
  closed: ({ name }) => clients.get(name).closed,
  refused: ({ name }) => clients.get(name).refused,
  disconnect: ({ name }) => clients.get(name).provider.disconnect(),
  connect: ({ name }) => clients.get(name).provider.connect(),
  show: ({ name, state }) => clients.get(name).provider.awareness.setLocalState(state),
  seen: ({ name }) => [...clients.get(name).provider.awareness.getStates().values()],
  point: ({ name, from, to }) => {
    const { provider, text } = clients.get(name);
    const [anchor, head] = [from, to].map((at) => Y.createRelativePositionFromTypeIndex(text, at));
    provider.awareness.setLocalStateField("cursor", { anchor, head });
  },
  pointed: ({ name }) => {
    const { provider, doc } = clients.get(name);
    const { awareness } = provider;
    const others = [...awareness.getStates()].filter(([client]) => client !== awareness.clientID);
    const at = (relative) =>
      Y.createAbsolutePositionFromRelativePosition(Y.createRelativePositionFromJSON(relative), doc);
    return others
      .filter(([, { cursor }]) => cursor)
      .map(([, { cursor, user }]) => [user.name, at(cursor.anchor)?.index, at(cursor.head)?.index]);
  },
  drop: ({ name }) => clients.get(name).provider.ws?._socket?.destroy(),
  move: ({ name, url }) => {
    const { provider } = clients.get(name);
    provider.serverUrl = url;
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { id, command, ...given } = JSON.parse(line);
  process.stdout.write(`${JSON.stringify({ id, result: commands[command](given) ?? null })}\n`);
}
process.exit(0);
