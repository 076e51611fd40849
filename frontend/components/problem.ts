/** What is said when something did not work. */
import { gettext } from "../i18n";
import { RequestError } from "../socket/errors";

/** A failure in words that say what to do. */
export function explain(code: string): string {
  switch (code) {
    case "disconnected":
    case "timeout":
      return gettext("The server does not answer. Try again in a moment.");
    case "not-found":
      return gettext("This does not exist, or it is not open to you.");
    case "forbidden":
      return gettext("You are not allowed to do that here.");
    case "conflict":
      return gettext("This name is already taken.");
    case "rate-limited":
      return gettext("That was too fast. Try again in a moment.");
    case "too-large":
      return gettext("This is too long.");
    case "maintenance":
      return gettext("Writing is closed for maintenance.");
    case "invalid-data":
      return gettext("Something in it is not right.");
    default:
      return gettext("Something went wrong.");
  }
}

/** Does it, and lets the page say so when it fails. Returns whether it worked. */
export async function attempt(element: HTMLElement, deed: Promise<unknown>): Promise<boolean> {
  try {
    await deed;
    return true;
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    // A slash command tells in the reader's own language how it is written.
    const detail = error.fields["arguments"] ?? explain(error.code);
    element.dispatchEvent(new CustomEvent<string>("problem", { bubbles: true, detail }));
    return false;
  }
}
