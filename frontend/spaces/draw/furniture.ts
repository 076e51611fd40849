/** What stands and lies in the hall. */
import type { SpaceObject } from "../wire";
import type { Palette } from "./palette";

type Canvas = CanvasRenderingContext2D;

/** What lies flat is drawn under everybody; what stands, among them by its lower edge. */
export const isFlat = ({ kind }: SpaceObject): boolean => kind === "cushion";

export function drawObject(
  canvas: Canvas,
  palette: Palette,
  object: SpaceObject,
  now: number,
): void {
  const { kind, x, y, width, height } = object;
  if (kind === "light") return drawLight(canvas, palette, x, y, now);
  canvas.save();
  canvas.translate(x, y);
  if (kind !== "cushion") shadow(canvas, palette, width, height);
  DRAW[kind](canvas, palette, width, height);
  canvas.restore();
}

const DRAW = {
  cushion: drawCushion,
  table: drawTable,
  chest: drawChest,
  screen: drawScreen,
  plant: drawPlant,
};

function shadow(canvas: Canvas, palette: Palette, width: number, height: number): void {
  canvas.fillStyle = palette.shadow;
  box(canvas, 2, 6, width, height, 8);
}

function box(c: Canvas, x: number, y: number, w: number, h: number, radius: number): void {
  c.beginPath();
  c.roundRect(x, y, w, h, radius);
  c.fill();
}

function drawCushion(c: Canvas, palette: Palette, w: number, h: number): void {
  c.fillStyle = palette.shadow;
  box(c, 0, 3, w, h, 9);
  c.fillStyle = palette.silk;
  box(c, 0, 0, w, h, 9);
  c.strokeStyle = palette["silk-line"];
  c.lineWidth = 1.5;
  c.beginPath();
  c.roundRect(4, 4, w - 8, h - 8, 6);
  c.stroke();
  c.beginPath();
  c.arc(w / 2, h / 2, 4, 0, Math.PI * 2);
  c.stroke();
}

/** A low table: one sees its top, and a little of its front. */
function drawTable(c: Canvas, palette: Palette, w: number, h: number): void {
  c.fillStyle = palette["wood-dark"];
  box(c, 0, 4, w, h - 4, 9);
  c.fillStyle = palette["wood-light"];
  box(c, 0, -6, w, h - 2, 9);
  c.strokeStyle = palette.wood;
  c.lineWidth = 1;
  for (let row = 1; row < 5; row++) {
    const y = -6 + ((h - 2) * row) / 5;
    c.beginPath();
    c.moveTo(10, y);
    c.bezierCurveTo(w / 3, y - 4, (w * 2) / 3, y + 4, w - 10, y);
    c.stroke();
  }
  c.fillStyle = palette.hanji;
  for (const at of [0.3, 0.68]) {
    c.beginPath();
    c.ellipse(w * at, h * 0.38, 9, 7, 0, 0, Math.PI * 2);
    c.fill();
  }
  c.fillStyle = palette.leaf;
  for (const at of [0.3, 0.68]) {
    c.beginPath();
    c.ellipse(w * at, h * 0.38, 5, 4, 0, 0, Math.PI * 2);
    c.fill();
  }
}

function drawChest(c: Canvas, palette: Palette, w: number, h: number): void {
  c.fillStyle = palette["wood-dark"];
  box(c, 0, -14, w, h + 14, 4);
  c.fillStyle = palette.wood;
  box(c, 0, -14, w, h * 0.55, 4);
  c.fillStyle = palette.brass;
  for (const at of [0.12, 0.88]) box(c, w * at - 5, h * 0.35, 10, 7, 2);
  c.beginPath();
  c.arc(w / 2, h * 0.5, 8, 0, Math.PI * 2);
  c.fill();
  c.fillStyle = palette["wood-dark"];
  box(c, w / 2 - 1.5, h * 0.5 - 3, 3, 6, 1);
}

/** Six leaves of a folding screen, with hills in ink. */
function drawScreen(c: Canvas, palette: Palette, w: number, h: number): void {
  const leaf = w / 6;
  const tall = 58;
  for (let number = 0; number < 6; number++) {
    const [near, far] = number % 2 === 0 ? [0, 6] : [6, 0];
    c.fillStyle = number % 2 === 0 ? palette.hanji : palette["hanji-shade"];
    c.strokeStyle = palette["wood-dark"];
    c.lineWidth = 2;
    c.beginPath();
    c.moveTo(number * leaf, h - near);
    c.lineTo((number + 1) * leaf, h - far);
    c.lineTo((number + 1) * leaf, h - far - tall);
    c.lineTo(number * leaf, h - near - tall);
    c.closePath();
    c.fill();
    c.stroke();
  }
  c.strokeStyle = palette["leaf-dark"];
  c.globalAlpha = 0.6;
  c.lineWidth = 2;
  c.beginPath();
  c.moveTo(4, h - 18);
  c.bezierCurveTo(w * 0.18, h - 62, w * 0.3, h - 10, w * 0.46, h - 34);
  c.bezierCurveTo(w * 0.6, h - 66, w * 0.74, h - 14, w - 4, h - 30);
  c.stroke();
  c.globalAlpha = 1;
}

function drawPlant(c: Canvas, palette: Palette, w: number, h: number): void {
  c.fillStyle = palette.pot;
  c.beginPath();
  c.moveTo(3, h * 0.35);
  c.lineTo(w - 3, h * 0.35);
  c.lineTo(w - 8, h);
  c.lineTo(8, h);
  c.closePath();
  c.fill();
  for (const [x, y, size, colour] of [
    [0.5, -0.3, 17, "leaf-dark"],
    [0.15, 0, 12, "leaf-dark"],
    [0.85, 0.02, 12, "leaf"],
    [0.5, 0.05, 13, "leaf"],
    [0.35, -0.45, 9, "leaf"],
  ] as const) {
    c.fillStyle = palette[colour];
    c.beginPath();
    c.ellipse(w * x, h * y, size, size * 0.72, 0, 0, Math.PI * 2);
    c.fill();
  }
}

/** A paper lantern that glows; it sways when things may move (`now` stands still when not). */
function drawLight(c: Canvas, palette: Palette, x: number, y: number, now: number): void {
  const sway = Math.sin(now / 700 + x) * 3;
  const glow = c.createRadialGradient(x, y - 12, 3, x, y - 12, 42);
  glow.addColorStop(0, palette.glow);
  glow.addColorStop(1, palette["glow-end"]);
  c.fillStyle = glow;
  c.fillRect(x - 44, y - 56, 88, 88);
  c.fillStyle = palette.shadow;
  c.beginPath();
  c.ellipse(x, y + 6, 8, 3, 0, 0, Math.PI * 2);
  c.fill();
  c.save();
  c.translate(x, y - 14 + sway);
  c.fillStyle = palette.light;
  box(c, -9, -11, 18, 22, 8);
  c.strokeStyle = palette.brass;
  c.lineWidth = 1;
  for (const rib of [-4, 0, 4]) {
    c.beginPath();
    c.ellipse(rib / 3, 0, Math.abs(rib) + 0.5, 10.5, 0, 0, Math.PI * 2);
    c.stroke();
  }
  c.fillStyle = palette["wood-dark"];
  box(c, -5, -13, 10, 3, 1);
  box(c, -5, 10, 10, 3, 1);
  c.restore();
}
