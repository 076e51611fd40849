/** Entry of the page that shows the design system. */
import "./styles/base.css";
import "./styles/chat.css";
import "./styles/gallery.css";
import { Gallery } from "./gallery/page";
import { sampleChat } from "./gallery/world";

const gallery = new Gallery();
gallery.chat = sampleChat();
document.body.append(gallery);
