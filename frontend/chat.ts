/** Entry of the chat page: one session, one element. */
import "./styles/base.css";
import "./styles/chat.css";
import { Chat } from "./client/chat";
import { App } from "./components/app";
import { page, socketUrl } from "./page";

const chat = new Chat(socketUrl(), () => location.assign(page().loginUrl));
const app = new App();
app.chat = chat;
document.body.append(app);
chat.connection.open();

addEventListener("online", () => chat.connection.hurry());
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) chat.connection.hurry();
});
