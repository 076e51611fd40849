/** Entry of the chat page: one session, one element. */
import "./styles/base.css";
import "./styles/chat.css";
import { Chat } from "./client/chat";
import { Keeping } from "./client/keeping";
import { App } from "./components/app";
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

/** What was kept is there before the first look; then the server tells what is new. */
async function begin(): Promise<void> {
  const kept = new Keeping(chat.store).bringBack(page().userId);
  await Promise.race([kept, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
  document.body.append(app);
  chat.connection.open();
  void install();
}

void begin();

addEventListener("online", () => chat.connection.hurry());
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) chat.connection.hurry();
});

addEventListener("pagehide", () => chat.drafts.saveNow());
