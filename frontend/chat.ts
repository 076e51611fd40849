/** Entry of the chat page: what the page carries is painted first; then the session comes. */
import "./styles/base.css";
import "./styles/chat.css";
import { painted } from "./first-look";

void painted().then(() => import("./session"));
