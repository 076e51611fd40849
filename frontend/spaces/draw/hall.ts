/** The empty hall: a floor of long and short boards, paper doors at the back, a stone to step in. */
import { ENTRANCE, HEIGHT, WALL, WALL_TOP, WIDTH } from "../room";
import type { Palette } from "./palette";

type Canvas = CanvasRenderingContext2D;

const BAY = 114; // between the long boards; eight bays make the width
const BOARD = 26;

export function drawHall(canvas: Canvas, palette: Palette): void {
  canvas.fillStyle = palette.floor;
  canvas.fillRect(0, 0, WIDTH, HEIGHT);
  drawFloor(canvas, palette);
  drawDoors(canvas, palette);
  drawFrame(canvas, palette);
  drawStone(canvas, palette);
}

/** Umulmaru: short boards between long ones, like the frame of a well. */
function drawFloor(canvas: Canvas, palette: Palette): void {
  for (let bay = 0, x = WALL; x < WIDTH - WALL; bay++, x += BAY)
    for (let y = WALL_TOP, row = 0; y < HEIGHT - WALL; y += BOARD, row++) {
      canvas.fillStyle = (row * 7 + bay * 5) % 4 === 0 ? palette["floor-light"] : palette.floor;
      canvas.fillRect(x + 12, y, BAY - 12, BOARD);
      line(canvas, palette.joint, x + 12, y, x + BAY, y);
    }
  for (let x = WALL; x < WIDTH - WALL; x += BAY) {
    canvas.fillStyle = palette["floor-light"];
    canvas.fillRect(x, WALL_TOP, 12, HEIGHT - WALL - WALL_TOP);
    line(canvas, palette.joint, x, WALL_TOP, x, HEIGHT - WALL);
    line(canvas, palette.joint, x + 12, WALL_TOP, x + 12, HEIGHT - WALL);
  }
  const shade = canvas.createLinearGradient(0, WALL_TOP, 0, WALL_TOP + 34);
  shade.addColorStop(0, palette.shadow);
  shade.addColorStop(1, palette["shadow-end"]);
  canvas.fillStyle = shade;
  canvas.fillRect(WALL, WALL_TOP, WIDTH - 2 * WALL, 34);
}

function drawDoors(canvas: Canvas, palette: Palette): void {
  canvas.fillStyle = palette.wood;
  canvas.fillRect(0, 0, WIDTH, WALL_TOP);
  const width = (WIDTH - 2 * WALL) / 8;
  for (let door = 0; door < 8; door++) {
    const x = WALL + door * width + 5;
    const [y, w, h] = [16, width - 10, WALL_TOP - 22];
    const paper = canvas.createLinearGradient(0, y, 0, y + h);
    paper.addColorStop(0, palette["hanji-shade"]);
    paper.addColorStop(1, palette.hanji);
    canvas.fillStyle = paper;
    canvas.fillRect(x, y, w, h);
    drawLattice(canvas, palette, x, y, w, h);
  }
  canvas.fillStyle = palette["wood-dark"];
  canvas.fillRect(0, 0, WIDTH, 12);
  canvas.fillRect(0, WALL_TOP - 5, WIDTH, 5);
}

/** Tti-sal: three bands of crossing slats on upright ones. */
function drawLattice(c: Canvas, palette: Palette, x: number, y: number, w: number, h: number) {
  for (let slat = 1; slat < 8; slat++)
    line(c, palette.lattice, x + (w * slat) / 8, y, x + (w * slat) / 8, y + h);
  for (const band of [0.06, 0.5, 0.94])
    for (const slat of [-2, -1, 0, 1, 2]) {
      const at = y + h * band + slat * 4;
      if (at > y && at < y + h) line(c, palette.lattice, x, at, x + w, at);
    }
  c.strokeStyle = palette["wood-dark"];
  c.lineWidth = 3;
  c.strokeRect(x, y, w, h);
}

function drawFrame(canvas: Canvas, palette: Palette): void {
  canvas.fillStyle = palette.wood;
  canvas.fillRect(0, WALL_TOP, WALL, HEIGHT - WALL_TOP);
  canvas.fillRect(WIDTH - WALL, WALL_TOP, WALL, HEIGHT - WALL_TOP);
  canvas.fillRect(0, HEIGHT - WALL, WIDTH, WALL);
  canvas.fillStyle = palette["wood-dark"];
  canvas.fillRect(WALL - 4, WALL_TOP, 4, HEIGHT - WALL - WALL_TOP);
  canvas.fillRect(WIDTH - WALL, WALL_TOP, 4, HEIGHT - WALL - WALL_TOP);
  canvas.fillRect(WALL - 4, HEIGHT - WALL, WIDTH - 2 * WALL + 8, 4);
  for (const x of [0, WIDTH - WALL]) {
    canvas.fillStyle = palette["wood-light"];
    canvas.fillRect(x + 5, 0, WALL - 10, HEIGHT);
  }
}

function drawStone(canvas: Canvas, palette: Palette): void {
  const { left, right } = ENTRANCE;
  canvas.fillStyle = palette.floor;
  canvas.fillRect(left, HEIGHT - WALL, right - left, WALL);
  canvas.fillStyle = palette.stone;
  canvas.beginPath();
  canvas.roundRect(left + 22, HEIGHT - WALL + 7, right - left - 44, WALL, 7);
  canvas.fill();
}

function line(c: Canvas, colour: string, x: number, y: number, toX: number, toY: number): void {
  c.strokeStyle = colour;
  c.lineWidth = 1;
  c.beginPath();
  c.moveTo(x + 0.5, y + 0.5);
  c.lineTo(toX + 0.5, toY + 0.5);
  c.stroke();
}
