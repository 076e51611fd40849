/** The two kinds of element that the page is made of. Both draw into the light DOM: one style sheet. */
import { LitElement, type ReactiveElement } from "lit";
import { property } from "lit/decorators.js";
import type { Chat } from "../client/chat";

/** A hidden tab has no frames; its title still tells what is unread. */
const HIDDEN_FRAME_MS = 250;

const waiting = new Set<ReactiveElement>();

/** A single message is drawn in the next frame. Of many, a few at a time: the frames between are free
    for scrolling and typing. */
const DRAW_EVERY_MS = 50;
let drawnAt = 0;

function drawAll(): void {
  drawnAt = performance.now();
  const elements = [...waiting];
  waiting.clear();
  for (const element of elements) element.requestUpdate();
}

function drawWhenDue(): void {
  if (performance.now() - drawnAt < DRAW_EVERY_MS) requestAnimationFrame(drawWhenDue);
  else drawAll();
}

/** However often the store changes, an element is drawn once per frame. */
function drawInNextFrame(element: ReactiveElement): void {
  if (waiting.size === 0) {
    if (document.hidden) setTimeout(drawAll, HIDDEN_FRAME_MS);
    else requestAnimationFrame(drawWhenDue);
  }
  waiting.add(element);
}

/** Draws when its properties change. */
export class Light extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}

/** Draws also when the store changes. */
export class Live extends Light {
  @property({ attribute: false }) chat!: Chat;
  private unsubscribe: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.unsubscribe = this.chat.store.subscribe(() => drawInNextFrame(this));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.unsubscribe?.();
  }
}
