/** What is not part of the first load: an element is drawn once its code is there, and something else
    meanwhile. */
import { nothing, type TemplateResult } from "lit";
import type { Chat } from "../client/chat";

export function whenHere(
  chat: Chat,
  tag: string,
  load: () => Promise<unknown>,
  draw: () => TemplateResult,
  meanwhile: TemplateResult | typeof nothing = nothing,
): TemplateResult | typeof nothing {
  if (customElements.get(tag)) return draw();
  // Without a connection it does not come; the next drawing asks again.
  load().then(
    () => chat.store.changed(),
    () => undefined,
  );
  return meanwhile;
}
