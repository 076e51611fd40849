/** Entry of the pages outside the chat. They work without it; this makes them kinder. */

import { wearAccent } from "./components/accent.ts";
import {
  copyButtons,
  currentSection,
  passkeyProblems,
  showPasswords,
  submitOnChange,
  timeZone,
} from "./pages/kind.ts";
import "./styles/base.css";
import "./styles/pages.css";

const kindnesses = [
  copyButtons,
  currentSection,
  passkeyProblems,
  showPasswords,
  submitOnChange,
  timeZone,
];
for (const makeKind of kindnesses) makeKind(document);
wearAccent(document.body.dataset["accent"] ?? "");
