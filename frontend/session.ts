/** One session, one element. */
import { Chat } from "./client/chat";
import { Keeping } from "./client/keeping";
import { App } from "./components/app";
import { carried, giveWayTo } from "./first-look";
import { takeIn } from "./models/first-look";
import { page, socketUrl } from "./page";
import { forget, install } from "./pwa";

const chat = new Chat(
  socketUrl(),
  () => void forget().then(() => location.assign(page().loginUrl)),
);
const app = new App();
app.chat = chat;

/** Some browsers' databases do not answer for a while after a crash. */
const PATIENCE_MS = 1_500;

/** What was kept, and what the page carries, is there before the first look; then the server tells
    what is new. */
async function begin(): Promise<void> {
  const kept = new Keeping(chat.store, chat.drafts).bringBack(page().userId);
  await Promise.race([kept, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
  const look = carried();
  if (look) {
    takeIn(chat.store, look);
    chat.drafts.arrived(look.drafts);
  }
  giveWayTo(app, (writing) => app.takeOver(writing));
  document.body.append(app);
  chat.connection.open();
  void install();
}

void begin();

addEventListener("online", () => chat.connection.hurry());
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) chat.connection.hurry();
});

addEventListener("pagehide", () => {
  chat.drafts.saveNow();
  chat.reading.tellNow();
});
