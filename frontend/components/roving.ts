/**
 * The message list is one stop of the Tab key: the message where one was last, or the newest. The
 * arrow keys go from message to message, and Tab goes on to what can be done with it.
 */
import type { ReactiveController, ReactiveControllerHost } from "lit";

export class Roving implements ReactiveController {
  private current: Element | null = null;

  constructor(
    host: ReactiveControllerHost,
    private readonly list: () => HTMLElement | null,
  ) {
    host.addController(this);
  }

  /** The stop has gone, or a newer message has come while nobody had chosen one. */
  hostUpdated(): void {
    void Promise.resolve().then(() => this.stopAt(this.chosen() ?? this.messages().at(-1)));
  }

  focused(event: FocusEvent): void {
    const message = (event.target as HTMLElement).closest(".message");
    if (message) this.stopAt(message);
  }

  pressed(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    const isElsewhere = target.closest("textarea, input, .menu");
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || isElsewhere) return;
    const messages = this.messages();
    const here = messages.findIndex((message) => message.contains(target));
    const next = {
      ArrowUp: here < 0 ? messages.length - 1 : Math.max(here - 1, 0),
      ArrowDown: here < 0 ? messages.length - 1 : Math.min(here + 1, messages.length - 1),
      Home: 0,
      End: messages.length - 1,
    }[event.key];
    if (next === undefined) return;
    messages[next]?.focus();
    event.preventDefault();
  }

  private chosen(): Element | null {
    const { current } = this;
    return current?.isConnected && current.contains(document.activeElement) ? current : null;
  }

  private messages(): HTMLElement[] {
    return [...(this.list()?.querySelectorAll<HTMLElement>(".message") ?? [])];
  }

  private stopAt(message: Element | undefined): void {
    if (!message || (message === this.current && message.getAttribute("tabindex") === "0")) return;
    this.current?.setAttribute("tabindex", "-1");
    message.setAttribute("tabindex", "0");
    this.current = message;
  }
}
