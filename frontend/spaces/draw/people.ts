/** People in the hall: a coat in their own hue, their picture or initials, their name, what they said. */
import { initials } from "../../components/avatar";
import type { Spot } from "../room";
import type { Palette } from "./palette";

type Canvas = CanvasRenderingContext2D;

const HEAD = 15;
const BUBBLE_WIDTH = 188;
const BUBBLE_LINES = 3;
const FONT = '"Pretendard Variable", Pretendard, system-ui, "Noto Sans KR", sans-serif';

export interface Guise {
  id: number;
  name: string;
  picture: HTMLImageElement | null;
  isMe: boolean;
  isNear: boolean;
}

export function drawPerson(c: Canvas, palette: Palette, guise: Guise, { x, y }: Spot): void {
  const [face, ink] = palette.faces[guise.id % palette.faces.length] ?? [
    palette.hanji,
    palette.ink,
  ];
  c.fillStyle = palette.shadow;
  ellipse(c, x, y + 6, 17, 7);
  if (guise.isMe || guise.isNear) ring(c, palette, guise, x, y);
  c.fillStyle = ink;
  coat(c, x, y);
  c.save();
  c.beginPath();
  c.arc(x, y - 30, HEAD, 0, Math.PI * 2);
  c.fillStyle = face;
  c.fill();
  c.clip();
  if (guise.picture?.complete && guise.picture.naturalWidth > 0)
    c.drawImage(guise.picture, x - HEAD, y - 30 - HEAD, HEAD * 2, HEAD * 2);
  else write(c, initials(guise.name), x, y - 29.5, `600 11px ${FONT}`, ink);
  c.restore();
  c.strokeStyle = palette.bubble;
  c.lineWidth = 2;
  c.beginPath();
  c.arc(x, y - 30, HEAD + 1, 0, Math.PI * 2);
  c.stroke();
}

export function drawName(c: Canvas, palette: Palette, guise: Guise, { x, y }: Spot): void {
  c.font = `${guise.isMe ? 650 : 550} 12px ${FONT}`;
  const name = fitting(c, guise.name, 120);
  const width = c.measureText(name).width + 12;
  c.fillStyle = palette.label;
  c.beginPath();
  c.roundRect(x - width / 2, y + 13, width, 18, 9);
  c.fill();
  write(c, name, x, y + 22.5, c.font, palette["label-ink"]);
}

export function drawBubble(c: Canvas, palette: Palette, text: string, { x, y }: Spot): void {
  const font = `450 13px ${FONT}`;
  c.font = font;
  const lines = wrapped(c, text, BUBBLE_WIDTH - 24);
  const width = Math.max(...lines.map((line) => c.measureText(line).width)) + 24;
  const height = lines.length * 18 + 14;
  const top = y - 54 - height;
  c.fillStyle = palette.shadow;
  c.beginPath();
  c.roundRect(x - width / 2, top + 3, width, height, 12);
  c.fill();
  c.fillStyle = palette.bubble;
  c.beginPath();
  c.roundRect(x - width / 2, top, width, height, 12);
  c.moveTo(x - 7, top + height - 0.5);
  c.lineTo(x, top + height + 7);
  c.lineTo(x + 7, top + height - 0.5);
  c.fill();
  lines.forEach((line, number) => {
    write(c, line, x, top + 16 + number * 18, font, palette["bubble-ink"]);
  });
}

function ring(c: Canvas, palette: Palette, guise: Guise, x: number, y: number): void {
  c.strokeStyle = palette.accent;
  c.lineWidth = guise.isNear ? 3 : 2;
  c.setLineDash(guise.isNear ? [] : [4, 4]);
  c.beginPath();
  c.ellipse(x, y + 6, 22, 10, 0, 0, Math.PI * 2);
  c.stroke();
  c.setLineDash([]);
}

function coat(c: Canvas, x: number, y: number): void {
  c.beginPath();
  c.moveTo(x - 8, y - 20);
  c.quadraticCurveTo(x - 20, y + 2, x - 17, y + 6);
  c.quadraticCurveTo(x, y + 13, x + 17, y + 6);
  c.quadraticCurveTo(x + 20, y + 2, x + 8, y - 20);
  c.closePath();
  c.fill();
}

function ellipse(c: Canvas, x: number, y: number, across: number, down: number): void {
  c.beginPath();
  c.ellipse(x, y, across, down, 0, 0, Math.PI * 2);
  c.fill();
}

function write(c: Canvas, text: string, x: number, y: number, font: string, colour: string): void {
  c.font = font;
  c.fillStyle = colour;
  c.textAlign = "center";
  c.textBaseline = "middle";
  c.fillText(text, x, y);
}

function fitting(c: Canvas, text: string, width: number): string {
  if (c.measureText(text).width <= width) return text;
  const letters = Array.from(text);
  while (letters.length > 1 && c.measureText(`${letters.join("")}…`).width > width) letters.pop();
  return `${letters.join("")}…`;
}

/** By words, and by letters where a word is too long (or a language has no spaces). */
function wrapped(c: Canvas, text: string, width: number): string[] {
  const lines: string[] = [];
  let rest = text.replace(/\s+/g, " ").trim();
  while (rest && lines.length < BUBBLE_LINES) {
    if (lines.length === BUBBLE_LINES - 1) lines.push(fitting(c, rest, width));
    else {
      const line = firstLine(c, rest, width);
      lines.push(line.trimEnd());
      rest = rest.slice(line.length).trimStart();
      continue;
    }
    break;
  }
  return lines.length > 0 ? lines : ["…"];
}

function firstLine(c: Canvas, text: string, width: number): string {
  if (c.measureText(text).width <= width) return text;
  let end = 0;
  for (const letter of text) {
    if (c.measureText(text.slice(0, end + letter.length)).width > width) break;
    end += letter.length;
  }
  const space = text.lastIndexOf(" ", end);
  return text.slice(0, space > end / 2 ? space + 1 : Math.max(end, 1));
}
