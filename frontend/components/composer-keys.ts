/** The keys that mean something to what stands above the composer. */
import type { Conversation } from "../models/conversation";
import type { Timeline } from "./timeline";

/** Arrow-up in an empty field edits what one said last; Escape gives up answering. */
export function composerPressed(
  event: KeyboardEvent,
  conversation: Conversation,
  timeline: Timeline,
  forgetReply: () => void,
): void {
  const field = event.target;
  if (!(field instanceof HTMLTextAreaElement) || event.isComposing || event.defaultPrevented)
    return;
  if (event.key === "Escape" && conversation.replyTo) {
    event.preventDefault();
    forgetReply();
  }
  const isPlain = !(event.shiftKey || event.altKey || event.ctrlKey || event.metaKey);
  if (event.key !== "ArrowUp" || !isPlain || field.value !== "") return;
  event.preventDefault();
  void timeline.editLast();
}
