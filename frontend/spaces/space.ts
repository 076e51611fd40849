/** The live space of a channel: a hall in which those who are here walk about, meet and talk. */

import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { Armchair, MessageCircle, MessagesSquare, Trash2 } from "lucide";
import { Live } from "../components/element";
import { icon } from "../components/icon";
import { titleOf } from "../components/names";
import { attempt } from "../components/problem";
import { sidebarOpener } from "../components/sidebar-opener";
import { format, gettext, ngettext } from "../i18n";
import type { Conversation } from "../models/conversation";
import { Arranging, MOST } from "./arranging";
import { roll } from "./roll";
import "./space.css";
import { Stage } from "./stage";
import { Visit } from "./visit";
import type { FurnitureKind, Player } from "./wire";
import type { Figure } from "./world";

const WHEREABOUTS_MS = 1_000;
const NUDGES: Record<string, [number, number]> = {
  ArrowUp: [0, -8],
  ArrowDown: [0, 8],
  ArrowLeft: [-8, 0],
  ArrowRight: [8, 0],
};

@customElement("maru-space")
export class SpaceElement extends Live {
  @property({ attribute: false }) conversation!: Conversation;
  @state() private arranging: Arranging | null = null;
  @state() private said = "";
  @query("canvas") private readonly canvas!: HTMLCanvasElement;
  @query(".space-probe") private readonly probe!: HTMLElement;
  private visit: Visit | null = null;
  private stage: Stage | null = null;
  private neighbour: Figure | null = null;
  private here = new Set<number>();
  private clock: ReturnType<typeof setInterval> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.leave();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has("conversation") && this.visit?.channel !== this.conversation.id) this.enter();
    if (this.stage) this.stage.arranging = this.arranging;
  }

  protected override render(): TemplateResult {
    return html`${this.head()}
      <div class="space">
        <div class="space-stage">
          <span class="space-probe avatar" hidden></span>
          <canvas tabindex="0" role="application" aria-label=${this.label()}
            aria-describedby="space-help" @keydown=${this.pressed} @keyup=${this.released}
            @blur=${() => this.visit?.steering.stop()} @pointerdown=${this.pointed}
            @pointermove=${this.dragged} @pointerup=${() => this.arranging?.letGo()}></canvas>
          <p id="space-help" class="space-help ${this.arranging ? "" : "read"}">${this.help()}</p>
          ${this.arranging ? this.toolbar(this.arranging) : this.offer()}
        </div>
        ${this.visit ? roll(this.visit.world, this.chat.store.people, performance.now(), this.goTo, this.visit.house) : nothing}
      </div>
      <p class="visually-hidden" role="status">${this.said}</p>
      ${this.conversation.isMember ? html`<maru-composer .chat=${this.chat} .conversation=${this.conversation}></maru-composer>` : nothing}`;
  }

  private head(): TemplateResult {
    const count = this.visit?.world.figures.size ?? 0;
    const people = ngettext("%(count)s person here", "%(count)s people here", count);
    const back = gettext("Back to the messages");
    return html`<header class="room-head">
      ${sidebarOpener(this.chat.store.totalUnread() > 0)}
      <div class="room-title">
        <div class="room-name"><h1>${titleOf(this.conversation, this.chat.store.myId)}</h1></div>
        <p class="room-topic">${gettext("Live space")} · ${format(people, { count })}</p>
      </div>
      ${this.mayArrange() && !this.arranging ? this.arrangeButton() : nothing}
      <a class="button-icon" href="/c/${this.conversation.id}" aria-label=${back} title=${back}>
        ${icon(MessagesSquare)}
      </a>
    </header>`;
  }

  private arrangeButton(): TemplateResult {
    const label = gettext("Arrange the room");
    const begin = () => {
      this.visit?.steering.stop();
      this.arranging = new Arranging(this.visit?.world.objects.values() ?? []);
      this.stage?.wake();
    };
    return html`<button class="button-icon" aria-label=${label} title=${label} @click=${begin}>
      ${icon(Armchair)}
    </button>`;
  }

  private label(): string {
    return format(gettext("The hall of %(channel)s"), {
      channel: titleOf(this.conversation, this.chat.store.myId),
    });
  }

  private help(): string {
    return this.arranging
      ? gettext("Drag the furniture, or add some. Arrow keys move what is chosen.")
      : gettext("Walk with the arrow keys or WASD, or point where to go. Lanterns count.");
  }

  /** Whom I stand beside can be spoken to alone. */
  private offer(): TemplateResult | typeof nothing {
    if (!this.neighbour) return nothing;
    const { id } = this.neighbour.player;
    const name = this.chat.store.people.get(id)?.display_name ?? this.neighbour.player.name;
    const talk = async () => {
      const channel = (await this.chat.openDirect([id])).id;
      this.dispatchEvent(
        new CustomEvent<number>("channel-asked", { bubbles: true, detail: channel }),
      );
    };
    return html`<button class="button space-offer" @click=${() => void attempt(this, talk())}>
      ${icon(MessageCircle)} ${format(gettext("Talk with %(name)s"), { name })}
    </button>`;
  }

  private toolbar(arranging: Arranging): TemplateResult {
    const add = (kind: FurnitureKind) => this.rearrange(() => arranging.add(kind));
    const button = (kind: FurnitureKind, label: string) =>
      html`<button class="button quiet small" ?disabled=${arranging.pieces.length >= MOST}
        @click=${() => add(kind)}>${label}</button>`;
    const blocked = arranging.misplaced().length > 0;
    return html`<div class="space-tools" role="toolbar" aria-label=${gettext("Arrange the room")}>
      ${button("table", gettext("Table"))} ${button("cushion", gettext("Cushion"))}
      ${button("screen", gettext("Folding screen"))} ${button("chest", gettext("Chest"))}
      ${button("plant", gettext("Plant"))}
      <button class="button-icon" aria-label=${gettext("Remove")} title=${gettext("Remove")}
        ?disabled=${!arranging.selected} @click=${() => this.rearrange(() => arranging.remove())}>
        ${icon(Trash2)}
      </button>
      <span class="space-tools-end">
        ${blocked ? html`<small>${gettext("The entrance must stay free.")}</small>` : nothing}
        <button class="button quiet small" @click=${this.stopArranging}>${gettext("Cancel")}</button>
        <button class="button small" ?disabled=${blocked} @click=${() => void this.save(arranging)}>
          ${gettext("Save")}
        </button>
      </span>
    </div>`;
  }

  private readonly stopArranging = (): void => {
    this.arranging = null;
    this.stage?.wake();
  };

  private rearrange(change: () => void): void {
    change();
    this.requestUpdate();
    this.stage?.wake();
  }

  private async save(arranging: Arranging): Promise<void> {
    if (!this.visit) return;
    if (await attempt(this, this.visit.arrange(arranging.furniture()))) this.stopArranging();
  }

  private mayArrange(): boolean {
    return !this.conversation.channel.archived && this.conversation.isManager;
  }

  // --- the visit ---

  private enter(): void {
    this.leave();
    const { chat, conversation } = this;
    const collected = (score: number) => {
      const text = ngettext("You have %(count)s light.", "You have %(count)s lights.", score);
      this.said = format(text, { count: score });
    };
    this.visit = new Visit(chat, conversation.id, () => this.changed(), collected);
    this.stage = new Stage(this.canvas, this.probe, this.visit, chat.store.people, () => {
      this.neighbour = this.stage?.neighbour ?? null;
      this.requestUpdate();
    });
    // Otherwise one comes in with the connection.
    if (chat.connection.state.name === "open") void attempt(this, this.visit.join());
    this.clock = setInterval(() => this.requestUpdate(), WHEREABOUTS_MS);
    requestAnimationFrame(() => this.canvas.focus()); // after the composer has asked for it
  }

  private leave(): void {
    clearInterval(this.clock);
    this.visit?.end();
    this.stage?.end();
    this.visit = this.stage = this.neighbour = this.arranging = null;
    this.here.clear();
  }

  /** Somebody came, went or scored, or the furniture stands elsewhere. */
  private changed(): void {
    const figures = this.visit?.world.figures ?? new Map<number, Figure>();
    const came = [...figures.values()].find(({ player }) => !this.here.has(player.id));
    if (came && this.here.size > 0)
      this.said = format(gettext("%(name)s came in."), { name: came.player.name });
    this.here = new Set(figures.keys());
    this.requestUpdate();
    this.stage?.wake();
  }

  private readonly goTo = ({ id }: Player): void => {
    const figure = this.visit?.world.figures.get(id);
    if (!figure || !this.visit) return;
    const { x, y } = figure.at(performance.now());
    this.visit.steering.goTo(this.visit.world, { x: x + 40, y });
    this.stage?.wake();
  };

  // --- hands ---

  private pressed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const { arranging, visit } = this;
    if (event.key === "Escape" && arranging) this.stopArranging();
    else if (arranging) {
      if (!this.arrangeByKey(arranging, event.key)) return;
    } else if (!visit?.steering.press(event.code)) return;
    event.preventDefault();
    event.stopPropagation(); // the page's own shortcuts
    this.stage?.wake();
  }

  private arrangeByKey(arranging: Arranging, key: string): boolean {
    const nudge = NUDGES[key];
    if (nudge) this.rearrange(() => arranging.nudge(...nudge));
    else if (key === "Delete" || key === "Backspace") this.rearrange(() => arranging.remove());
    else return false;
    return true;
  }

  private released(event: KeyboardEvent): void {
    this.visit?.steering.release(event.code);
  }

  private pointed(event: PointerEvent): void {
    if (event.button !== 0 || !this.stage || !this.visit) return;
    const spot = this.stage.spotOf(event);
    const { arranging, visit } = this;
    if (arranging) {
      this.canvas.setPointerCapture(event.pointerId);
      this.rearrange(() => arranging.grasp(spot));
    } else visit.steering.goTo(visit.world, spot);
    this.stage.wake();
  }

  private dragged(event: PointerEvent): void {
    const { arranging, stage } = this;
    if (arranging && stage && event.buttons > 0)
      this.rearrange(() => arranging.drag(stage.spotOf(event)));
  }
}
