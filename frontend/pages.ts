/** Entry of the pages outside the chat: log-in, sign-up, settings. */
import "./styles/base.css";
import "./styles/pages.css";
