/** Entry of the chat page: what the page carries is painted first, in the colour of the house; then
    the session comes. */
import "./styles/base.css";
import "./styles/chat.css";
import { wearAccent } from "./components/accent";
import { painted } from "./first-look";

wearAccent(document.body.dataset["accent"] ?? "");

void painted().then(() => import("./session"));
