/** Which emoji this device has pictures of. Of what is newer than its fonts there would be a gap. */

const FONT = '24px "Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji", sans-serif';
const SIZE = 32;
/** In every font, and as wide as one picture is. */
const ANCIENT = "😀";
/** One of each of Unicode's later versions, the newest first. */
const SAMPLES: readonly (readonly [version: number, emoji: string])[] = [
  [17, "🫪"],
  [16, "🫩"],
  [15.1, "🐦‍🔥"],
  [15, "🫨"],
  [14, "🫠"],
  [13.1, "❤️‍🔥"],
  [13, "🥲"],
  [12.1, "🧑‍🦰"],
  [12, "🥱"],
];
const OLDER = 11;

/** The newest version of Unicode whose emoji can be drawn; all of them, where nobody can tell. */
export function newestDrawn(): number {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIZE;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  if (!pen) return Number.POSITIVE_INFINITY;
  pen.font = FONT;
  pen.textBaseline = "top";
  if (!hasPicture(pen, ANCIENT)) return Number.POSITIVE_INFINITY;
  return SAMPLES.find(([, emoji]) => hasPicture(pen, emoji))?.[0] ?? OLDER;
}

/** A picture has colours of its own, whatever the ink, and is one: an unknown union falls apart. */
function hasPicture(pen: CanvasRenderingContext2D, emoji: string): boolean {
  const width = pen.measureText(ANCIENT).width;
  if (pen.measureText(emoji).width > 1.5 * width) return false;
  const [red, blue] = ["#f00", "#00f"].map((ink) => drawn(pen, emoji, ink));
  return red !== undefined && red === blue && /[^0,]/.test(red);
}

function drawn(pen: CanvasRenderingContext2D, emoji: string, ink: string): string {
  pen.clearRect(0, 0, SIZE, SIZE);
  pen.fillStyle = ink;
  pen.fillText(emoji, 0, 0);
  return pen.getImageData(0, 0, SIZE, SIZE).data.join();
}
