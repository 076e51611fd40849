/** Entry of the documents' own page: the same session as the chat page's, another element. */
import "./styles/base.css";
import "./styles/chat.css";
import "./styles/documents.css";
import { Chat } from "./client/chat";
import { DocumentsPage } from "./documents/page";
import { page, socketUrl } from "./page";

const chat = new Chat(socketUrl(), () => location.assign(page().loginUrl));
const documents = new DocumentsPage();
documents.chat = chat;
document.body.append(documents);
chat.connection.open();

addEventListener("online", () => chat.connection.hurry());
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) chat.connection.hurry();
});
