/**
 * All emoji, to choose one from: found by their names in English and Korean, also by initial
 * consonants and in the wrong layout. Loaded when it is first opened; nothing comes from outside.
 */
import { html, nothing, type TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import { Search } from "lucide";
import { allEmoji, type Emoji } from "../client/emoji";
import { gettext, language } from "../i18n";
import { find } from "../models/korean-search";
import { Light } from "./element";
import { icon } from "./icon";
import { showBeside } from "./popup";

const COLUMNS = 9;
const MOST_FOUND = 90;
const RECENT_KEY = "maru-recent-emoji";
const RECENT_KEPT = COLUMNS * 2;
/** Emojibase's number for the parts that others are made of. */
const COMPONENTS = 2;

const groupName = (group: number): string =>
  [
    gettext("Faces"),
    gettext("People"),
    "",
    gettext("Animals and nature"),
    gettext("Food and drink"),
    gettext("Travel and places"),
    gettext("Activities"),
    gettext("Objects"),
    gettext("Symbols"),
    gettext("Flags"),
  ][group] ?? "";

const nameOf = ({ english, korean }: Emoji): string =>
  language() === "ko" && korean ? korean : english;

function recent(): string[] {
  return (localStorage.getItem(RECENT_KEY) ?? "").split(" ").filter(Boolean);
}

function remember(emoji: string): void {
  const list = [emoji, ...recent().filter((other) => other !== emoji)].slice(0, RECENT_KEPT);
  localStorage.setItem(RECENT_KEY, list.join(" "));
}

@customElement("maru-emoji-picker")
export class EmojiPicker extends Light {
  @state() private all: Emoji[] | null = null;
  @state() private failed = false;
  @state() private typed = "";
  @query(".emoji-picker") private readonly popup!: HTMLElement;
  /** Called once: with what was chosen, or with null. */
  chosen: (emoji: string | null) => void = () => {};

  async open(anchor: Element): Promise<void> {
    void this.load();
    await this.updateComplete;
    showBeside(this.popup, anchor);
    this.popup.querySelector("input")?.focus();
  }

  protected override render(): TemplateResult {
    return html`<div class="menu emoji-picker" popover role="dialog" aria-label=${gettext("Choose an emoji")}
      @toggle=${this.toggled} @keydown=${this.pressed} @click=${this.clicked}>
      <label class="search-field">
        ${icon(Search)}
        <input type="search" aria-label=${gettext("Find an emoji")} placeholder=${gettext("Find an emoji")}
          @input=${this.search} />
      </label>
      <div class="emoji-list">${this.list()}</div>
    </div>`;
  }

  private async load(): Promise<void> {
    try {
      this.all = await allEmoji();
    } catch {
      this.failed = true;
    }
  }

  private list(): TemplateResult | TemplateResult[] {
    const { all, typed } = this;
    if (this.failed)
      return html`<p class="emoji-note">${gettext("The server does not answer. Try again in a moment.")}</p>`;
    if (all === null) return html`<p class="emoji-note">${gettext("Loading…")}</p>`;
    if (typed === "") return this.groups(all);
    const names = ({ english, korean, shortcodes, words }: Emoji) => [
      english,
      korean,
      shortcodes[0] ?? "",
      ...words,
    ];
    const found = find(typed, all, names).slice(0, MOST_FOUND);
    if (found.length === 0) return html`<p class="emoji-note">${gettext("No emoji fits.")}</p>`;
    return grid(gettext("Found"), found);
  }

  private groups(all: Emoji[]): TemplateResult[] {
    const known = new Map(all.map((emoji) => [emoji.emoji, emoji]));
    const used = recent().flatMap((emoji) => known.get(emoji) ?? []);
    const numbers = [...new Set(all.map(({ group }) => group))].filter(
      (group) => group !== COMPONENTS,
    );
    return [
      ...(used.length > 0 ? [grid(gettext("Recently used"), used)] : []),
      ...numbers.map((number) =>
        grid(
          groupName(number),
          all.filter(({ group }) => group === number),
        ),
      ),
    ];
  }

  private search(event: Event): void {
    this.typed = (event.target as HTMLInputElement).value;
  }

  private clicked(event: MouseEvent): void {
    const emoji = (event.target as HTMLElement).closest<HTMLElement>("[data-emoji]")?.dataset[
      "emoji"
    ];
    if (emoji) this.choose(emoji);
  }

  private choose(emoji: string): void {
    remember(emoji);
    this.chosen(emoji);
    this.popup.hidePopover();
  }

  private pressed(event: KeyboardEvent): void {
    event.stopPropagation();
    const cells = [...this.querySelectorAll<HTMLElement>("[data-emoji]")];
    const here = cells.indexOf(event.target as HTMLElement);
    const isTyping = here < 0;
    if (event.key === "Enter" && isTyping && !event.isComposing && this.typed !== "") {
      const [first] = cells;
      if (first?.dataset["emoji"]) this.choose(first.dataset["emoji"]);
      return event.preventDefault();
    }
    const steps: Record<string, number> = { ArrowDown: COLUMNS, ArrowUp: -COLUMNS };
    if (!isTyping) Object.assign(steps, { ArrowRight: 1, ArrowLeft: -1 });
    const step = steps[event.key];
    if (step === undefined || event.isComposing) return;
    event.preventDefault();
    if (isTyping) return cells[0]?.focus();
    if (here + step < 0) return this.popup.querySelector("input")?.focus();
    cells[Math.min(here + step, cells.length - 1)]?.focus();
  }

  private toggled(event: ToggleEvent): void {
    if (event.newState !== "closed") return;
    this.chosen(null);
    this.remove();
  }
}

function grid(heading: string, emoji: readonly Emoji[]): TemplateResult {
  return html`<section>
    <h3>${heading}</h3>
    <div class="emoji-grid">
      ${emoji.map((each, index) => {
        const name = nameOf(each);
        return html`<button tabindex=${index === 0 ? 0 : -1} data-emoji=${each.emoji} aria-label=${name || nothing} title=${name}>${each.emoji}</button>`;
      })}
    </div>
  </section>`;
}

/** The emoji that was chosen; null if none was. Within a dialog, outside of which nothing can be reached. */
export function pickEmoji(anchor: Element): Promise<string | null> {
  const picker = new EmojiPicker();
  (anchor.closest("dialog") ?? document.body).append(picker);
  return new Promise((resolve) => {
    picker.chosen = resolve;
    void picker.open(anchor);
  });
}
