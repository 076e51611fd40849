/** Entry of the chat page. */
import "./styles/base.css";
