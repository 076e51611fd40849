/** Draws the space, as often as something in it moves and not oftener. */
import { isCalm } from "../components/look";
import type { People } from "../models/people";
import type { Arranging } from "./arranging";
import { drawObject, isFlat } from "./draw/furniture";
import { drawHall } from "./draw/hall";
import { type Palette, readPalette } from "./draw/palette";
import { drawBubble, drawName, drawPerson, type Guise } from "./draw/people";
import { HEIGHT, type Spot, WIDTH } from "./room";
import { spotAt, type View, viewOf } from "./view";
import type { Visit } from "./visit";
import type { Figure } from "./world";

const CALM_MS = 90; // lanterns sway, nobody walks
const STILL_MS = 400; // nothing sways either: a bubble may end
const MIDDLE: Spot = { x: WIDTH / 2, y: HEIGHT / 2 };

interface Shown {
  figure: Figure;
  guise: Guise;
  spot: Spot;
}

export class Stage {
  arranging: Arranging | null = null;
  /** Whom I stand beside. */
  neighbour: Figure | null = null;
  private view: View = viewOf(WIDTH, HEIGHT, MIDDLE);
  private palette: Palette;
  private hall: HTMLCanvasElement | null = null;
  private readonly pictures = new Map<string, HTMLImageElement>();
  private readonly dark = matchMedia("(prefers-color-scheme: dark)");
  private readonly resized = new ResizeObserver(() => this.repaint());
  private readonly themed = new MutationObserver(() => this.repaint());
  private frame = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly probe: HTMLElement,
    private readonly visit: Visit,
    private readonly people: People,
    private readonly neighbourChanged: () => void,
  ) {
    this.palette = readPalette(probe);
    this.resized.observe(canvas);
    this.themed.observe(document.documentElement, { attributes: true });
    this.dark.addEventListener("change", this.repaint);
    this.wake();
  }

  end(): void {
    cancelAnimationFrame(this.frame);
    clearTimeout(this.timer);
    this.resized.disconnect();
    this.themed.disconnect();
    this.dark.removeEventListener("change", this.repaint);
  }

  /** Something happened: draw in the next frame. */
  wake(): void {
    clearTimeout(this.timer);
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame((now) => this.draw(now));
  }

  /** Where in the room somebody has pointed. */
  spotOf({ clientX, clientY }: { clientX: number; clientY: number }): Spot {
    const { left, top } = this.canvas.getBoundingClientRect();
    return spotAt(this.view, clientX - left, clientY - top);
  }

  private readonly repaint = (): void => {
    this.palette = readPalette(this.probe);
    this.hall = null;
    this.wake();
  };

  private draw(now: number): void {
    const { visit } = this;
    if (!this.arranging) visit.advance(now);
    const canvas = this.prepared();
    if (canvas) this.paint(canvas, now);
    const neighbour = this.arranging ? null : visit.world.neighbour(now);
    if (neighbour !== this.neighbour) {
      this.neighbour = neighbour;
      this.neighbourChanged();
    }
    if (visit.steering.isActive || visit.world.isBusy(now)) this.wake();
    else this.timer = setTimeout(() => this.wake(), isCalm() ? STILL_MS : CALM_MS);
  }

  /** At the size and sharpness of the screen, with the origin at the room's corner. */
  private prepared(): CanvasRenderingContext2D | null {
    const { canvas } = this;
    const { clientWidth, clientHeight } = canvas;
    if (clientWidth === 0 || clientHeight === 0) return null;
    const sharpness = Math.min(devicePixelRatio, 2);
    const [width, height] = [clientWidth, clientHeight].map((side) => Math.round(side * sharpness));
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width ?? 0;
      canvas.height = height ?? 0;
    }
    this.view = viewOf(clientWidth, clientHeight, this.visit.world.me ?? MIDDLE);
    const { scale, left, top } = this.view;
    const context = canvas.getContext("2d");
    context?.setTransform(1, 0, 0, 1, 0, 0);
    context?.clearRect(0, 0, canvas.width, canvas.height);
    const zoom = scale * sharpness;
    context?.setTransform(zoom, 0, 0, zoom, left * sharpness, top * sharpness);
    return context;
  }

  private paint(canvas: CanvasRenderingContext2D, now: number): void {
    const { palette, visit } = this;
    canvas.drawImage(this.emptyHall(), 0, 0, WIDTH, HEIGHT);
    const lights = [...visit.world.objects.values()].filter(({ kind }) => kind === "light");
    const furniture = this.arranging?.pieces ?? [...visit.world.objects.values()];
    const objects = [...furniture.filter(({ kind }) => kind !== "light"), ...lights];
    for (const object of objects.filter(isFlat)) drawObject(canvas, palette, object, 0);
    this.drawAim(canvas);
    const shown = this.shown(now);
    const sway = isCalm() ? 0 : now;
    const standing = [
      ...objects
        .filter((object) => !isFlat(object))
        .map((object) => ({
          edge: object.y + object.height,
          draw: () => drawObject(canvas, palette, object, sway),
        })),
      ...shown.map(({ guise, spot }) => ({
        edge: spot.y + 8,
        draw: () => drawPerson(canvas, palette, guise, spot),
      })),
    ];
    for (const each of standing.sort((a, b) => a.edge - b.edge)) each.draw();
    for (const { guise, spot } of shown) drawName(canvas, palette, guise, spot);
    for (const { figure, spot } of shown) {
      const text = figure.says(now);
      if (text) drawBubble(canvas, palette, text, spot);
    }
    this.drawSelection(canvas);
  }

  /** Who may be drawn, from the back to the front. */
  private shown(now: number): Shown[] {
    const { world } = this.visit;
    return [...world.figures.values()]
      .map((figure) => ({
        figure,
        guise: this.guiseOf(figure),
        spot: world.spotOf(figure, now),
      }))
      .sort((a, b) => a.spot.y - b.spot.y);
  }

  private guiseOf(figure: Figure): Guise {
    const { id, name } = figure.player;
    const person = this.people.get(id);
    return {
      id,
      name: person?.display_name ?? name,
      picture: this.picture(person?.avatar_url ?? ""),
      isMe: id === this.visit.world.myId,
      isNear: figure === this.neighbour,
    };
  }

  private picture(url: string): HTMLImageElement | null {
    if (!url) return null;
    const known = this.pictures.get(url);
    if (known) return known;
    const picture = new Image();
    picture.src = url;
    picture.onload = () => this.wake();
    this.pictures.set(url, picture);
    return picture;
  }

  private drawAim(canvas: CanvasRenderingContext2D): void {
    const { aim } = this.visit.steering;
    if (!aim) return;
    canvas.strokeStyle = this.palette.accent;
    canvas.lineWidth = 2;
    canvas.beginPath();
    canvas.ellipse(aim.x, aim.y + 6, 11, 5, 0, 0, Math.PI * 2);
    canvas.stroke();
  }

  private drawSelection(canvas: CanvasRenderingContext2D): void {
    if (!this.arranging) return;
    const frame = (
      colour: string,
      { x, y, width, height }: { x: number; y: number; width: number; height: number },
    ) => {
      canvas.strokeStyle = colour;
      canvas.lineWidth = 2;
      canvas.setLineDash([5, 4]);
      canvas.strokeRect(x - 4, y - 4, width + 8, height + 8);
      canvas.setLineDash([]);
    };
    for (const piece of this.arranging.misplaced()) frame(this.palette.silk, piece);
    if (this.arranging.selected) frame(this.palette.accent, this.arranging.selected);
  }

  /** The part that never moves, drawn once for each size and theme. */
  private emptyHall(): HTMLCanvasElement {
    if (this.hall) return this.hall;
    const hall = document.createElement("canvas");
    const zoom = this.view.scale * Math.min(devicePixelRatio, 2);
    hall.width = Math.ceil(WIDTH * zoom);
    hall.height = Math.ceil(HEIGHT * zoom);
    const context = hall.getContext("2d");
    if (context) {
      context.scale(zoom, zoom);
      drawHall(context, this.palette);
    }
    this.hall = hall;
    return hall;
  }
}
