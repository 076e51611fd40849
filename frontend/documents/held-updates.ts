/**
 * Keeps what others write out of the line in which a word is being composed. An input method owns
 * that piece of the page: a change of it from outside breaks the syllable or doubles it. Updates
 * that touch the line wait, with all that follow them, for the end of the composition; the others
 * go through at once. Nothing is lost meanwhile, and one's own syllables go out as ever.
 */
import * as decoding from "lib0/decoding";
import type { WebsocketProvider } from "y-websocket";
import { applyUpdate, Doc, encodeStateAsUpdate, type Text as SharedType } from "yjs";

const SYNC_MESSAGE = 0;
/** It only asks what we have. */
const SYNC_STEP_1 = 0;

export interface Line {
  from: number;
  to: number;
}

export type Delta = { insert?: unknown; delete?: number; retain?: number }[];

export class HeldUpdates {
  private held: (() => void)[] = [];
  /** A copy on which an update is tried out; thrown away when the composition ends. */
  private probe: Doc | null = null;
  private touched = false;
  private line: Line | null = null;

  /** `composingLine` is null while nothing is composed. */
  constructor(
    provider: WebsocketProvider,
    private readonly text: SharedType,
    private readonly composingLine: () => Line | null,
  ) {
    const take = provider.messageHandlers[SYNC_MESSAGE];
    if (!take) throw new Error("y-websocket has no handler for sync messages");
    provider.messageHandlers[SYNC_MESSAGE] = (encoder, decoder, ...rest) => {
      const apply = () => take(encoder, decoder, ...rest);
      if (this.mustWait(decoder.arr.subarray(decoder.pos))) this.held.push(apply);
      else apply();
    };
    text.doc?.on("update", (update) => this.probe && applyUpdate(this.probe, update));
  }

  get count(): number {
    return this.held.length;
  }

  /** The composition has ended. */
  release(): void {
    this.probe?.destroy();
    this.probe = null;
    const held = this.held;
    this.held = [];
    for (const apply of held) apply();
  }

  private mustWait(message: Uint8Array): boolean {
    this.line = this.composingLine();
    if (this.line === null || message[0] === SYNC_STEP_1) return false;
    if (this.held.length > 0) return true;
    const decoder = decoding.createDecoder(message.subarray(1));
    return this.touches(decoding.readVarUint8Array(decoder));
  }

  private touches(update: Uint8Array): boolean {
    const probe = this.probe ?? this.makeProbe();
    this.touched = false;
    applyUpdate(probe, update);
    return this.touched;
  }

  private makeProbe(): Doc {
    const probe = new Doc();
    if (this.text.doc) applyUpdate(probe, encodeStateAsUpdate(this.text.doc));
    probe.getText("text").observe(({ delta }) => {
      this.touched = this.line !== null && touchesLine(delta, this.line);
    });
    this.probe = probe;
    return probe;
  }
}

/** Whether a change reaches into the line, its ends included. */
export function touchesLine(delta: Delta, { from, to }: Line): boolean {
  let at = 0;
  for (const { insert, delete: deleted = 0, retain = 0 } of delta) {
    if (insert !== undefined && at >= from && at <= to) return true;
    if (deleted > 0 && at <= to && at + deleted >= from) return true;
    at += deleted + retain;
  }
  return false;
}
