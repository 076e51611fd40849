/**
 * Keeps the eye where it is. At the bottom the newest stays in sight; anywhere else the first
 * visible row does not move by a pixel, whatever is added above, below, or grows in between.
 */
import { type ReactiveController, type ReactiveControllerHost, ReactiveElement } from "lit";

const NEAR_BOTTOM_PX = 48;

interface Anchor {
  readonly row: Element;
  bottom: number;
}

export class ScrollKeeper implements ReactiveController {
  atBottom = true;
  private scroller: HTMLElement | undefined;
  private anchor: Anchor | undefined;
  private top = 0;
  private readonly sizes = new ResizeObserver(() => {
    this.hostUpdate();
    this.restore();
  });

  /** `isEnd`: whether beneath the last row there is nothing more to fetch. */
  constructor(
    host: ReactiveControllerHost,
    private readonly isEnd: () => boolean,
  ) {
    host.addController(this);
  }

  /** The scroller has one child, whose children are the rows. */
  attach(scroller: HTMLElement): void {
    this.scroller = scroller;
    this.sizes.observe(scroller);
    if (scroller.firstElementChild) this.sizes.observe(scroller.firstElementChild);
  }

  hostDisconnected(): void {
    this.sizes.disconnect();
  }

  /** Somebody may have scrolled whose event has not come yet: believe the place, not the memory. */
  hostUpdate(): void {
    if (this.scroller?.scrollTop !== this.top) this.scrolled();
  }

  /** New rows are drawn after their host, perhaps to the very height of those that they replace. */
  hostUpdated(): void {
    void drawn(this.scroller).then(() => this.restore());
  }

  /** Another conversation, or back to the newest. */
  toBottom(): void {
    this.atBottom = true;
    this.restore();
  }

  scrolled(): void {
    const { scroller } = this;
    if (!scroller) return;
    const below = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
    this.atBottom = below < NEAR_BOTTOM_PX && this.isEnd();
    this.top = scroller.scrollTop;
    this.choose(scroller);
  }

  /** Brings the upper edge of a row so far below the top of what one sees, in a share of it. */
  bring(row: Element, share: number): void {
    const { scroller } = this;
    if (!scroller) return;
    const edge = row.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
    scroller.scrollTop += edge - scroller.clientHeight * share;
    this.scrolled();
  }

  /** Brings a row's lower edge back to where it was. */
  putBack(row: Element, edge: number): void {
    const { scroller } = this;
    if (!scroller) return;
    scroller.scrollTop += bottomOf(row, scroller) - edge;
    this.scrolled();
  }

  get firstVisible(): Element | undefined {
    return this.anchor?.row;
  }

  /** How far the first visible row's lower edge is below the top. */
  get edge(): number {
    return this.anchor?.bottom ?? 0;
  }

  /** The last row that can be seen whole. */
  get lastVisible(): Element | undefined {
    const { scroller } = this;
    if (!scroller) return undefined;
    const rows = scroller.firstElementChild?.children ?? [];
    const edge = scroller.getBoundingClientRect().bottom + 1;
    let index = firstBelow(rows, edge) - 1;
    while (index >= 0 && !rows[index]?.matches("maru-message")) index--;
    return rows[index];
  }

  private restore(): void {
    const { scroller, anchor } = this;
    if (!scroller) return;
    if (this.atBottom) scroller.scrollTop = scroller.scrollHeight;
    else if (anchor?.row.isConnected) this.bringBack(scroller, anchor);
    else this.choose(scroller);
    this.top = scroller.scrollTop;
  }

  /** The same row stays the anchor: what is new beside it may not have its height yet. */
  private bringBack(scroller: HTMLElement, anchor: Anchor): void {
    scroller.scrollTop += bottomOf(anchor.row, scroller) - anchor.bottom;
    anchor.bottom = bottomOf(anchor.row, scroller);
  }

  private choose(scroller: HTMLElement): void {
    const row = firstVisible(scroller);
    this.anchor = row && { row, bottom: bottomOf(row, scroller) };
  }
}

/** When every row that is about to be drawn has been. */
async function drawn(scroller: HTMLElement | undefined): Promise<void> {
  const rows = [...(scroller?.firstElementChild?.children ?? [])];
  const waiting = rows.filter(
    (row): row is ReactiveElement => row instanceof ReactiveElement && row.isUpdatePending,
  );
  await Promise.all(waiting.map((row) => row.updateComplete));
}

/** The lower edge: the row itself may lose its heading when older messages come in above it. */
const bottomOf = (row: Element, scroller: HTMLElement): number =>
  row.getBoundingClientRect().bottom - scroller.getBoundingClientRect().top;

/** The index of the first row whose lower edge is beneath this line. */
function firstBelow(rows: ArrayLike<Element>, line: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.getBoundingClientRect().bottom ?? 0) > line) high = middle;
    else low = middle + 1;
  }
  return low;
}

function firstVisible(scroller: HTMLElement): Element | undefined {
  const rows = scroller.firstElementChild?.children ?? [];
  let low = firstBelow(rows, scroller.getBoundingClientRect().top);
  // A day's heading is no anchor: it moves up when older messages of that day come in.
  while (rows[low] && !rows[low]?.matches("maru-message, maru-draft")) low++;
  return rows[low];
}
