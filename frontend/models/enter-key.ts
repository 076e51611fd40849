/**
 * When Enter sends, also while a word is being composed. A keydown inside a composition never
 * sends by itself. In Hangul, Enter means "send what I see": it is remembered, and the message is
 * sent after the composition has ended, from the field's live value. In Japanese and Chinese, Enter
 * only commits the candidate. The Enter that some systems deliver once more is swallowed.
 */

export interface KeyPress {
  key: string;
  code: string;
  keyCode: number;
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  isComposing: boolean;
}

/** `send`: now. `send-later`: in the next task. `swallow`: nothing may come of it. `pass`: not ours. */
export type Verdict = "send" | "send-later" | "swallow" | "pass";

const COMPOSING_KEY_CODE = 229;
const HANGUL = /\p{Script=Hangul}$/u;

const isEnter = (press: Pick<KeyPress, "key" | "code">) =>
  press.key === "Enter" || press.code === "Enter" || press.code === "NumpadEnter";

export class EnterKey {
  /** Otherwise Enter breaks the line, and Ctrl+Enter sends. */
  aloneSends = true;
  private composing = false;
  private hangul = false;
  private remembered = false;
  private swallowing = false;

  get isComposing(): boolean {
    return this.composing;
  }

  compositionStarted(): void {
    this.composing = true;
    this.hangul = false;
    this.remembered = false;
  }

  compositionUpdated(text: string): void {
    if (text !== "") this.hangul = HANGUL.test(text);
  }

  compositionEnded(): Verdict {
    this.composing = false;
    if (!this.remembered) return "pass";
    this.remembered = false;
    this.swallowing = true;
    return "send-later";
  }

  keyPressed(press: KeyPress): Verdict {
    if (!isEnter(press)) this.swallowing = false;
    if (!isEnter(press) || !this.sends(press)) return "pass";
    if (this.composing || press.isComposing) return this.pressedWhileComposing();
    if (this.swallowing) return "swallow";
    if (press.keyCode === COMPOSING_KEY_CODE) return this.pressedAfterComposing();
    return "send";
  }

  /** The key is up again, or the field has lost the focus: the next Enter is a new one. */
  released(key: Pick<KeyPress, "key" | "code">): void {
    if (isEnter(key)) this.swallowing = false;
  }

  blurred(): void {
    this.swallowing = false;
    this.remembered = false;
  }

  private sends({ shiftKey, ctrlKey, metaKey }: KeyPress): boolean {
    return ctrlKey || metaKey || (this.aloneSends && !shiftKey);
  }

  private pressedWhileComposing(): Verdict {
    this.remembered = this.hangul;
    return "pass";
  }

  /** Safari ends the composition first and delivers its Enter afterwards, still as key 229. */
  private pressedAfterComposing(): Verdict {
    if (!this.hangul) return "pass";
    this.swallowing = true;
    return "send-later";
  }
}
