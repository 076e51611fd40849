/** In the message list the arrow keys go from message to message; Tab goes on to its actions. */
export function moveFocus(event: KeyboardEvent): void {
  const step = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
  const target = event.target as HTMLElement;
  if (step === 0 || event.isComposing || target.closest("textarea, input")) return;
  const messages = [
    ...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>(".message"),
  ];
  const here = messages.findIndex((message) => message.contains(target));
  const next = here < 0 ? messages.length - 1 : here + step;
  messages[next]?.focus();
  event.preventDefault();
}
