/** A person's colour among those who write. The page draws it from the hue; other programs from here. */

/** The hues of the faces (styles/avatar.css), as plain colours. */
const COLORS = [
  "#2f7d62",
  "#a35a3a",
  "#3f6fa8",
  "#82701f",
  "#a34a76",
  "#23788a",
  "#96651f",
  "#7c58a6",
];

export const HUES = COLORS.length;

export function colorOf(person: number): { color: string; colorLight: string } {
  const color = COLORS[person % HUES] ?? "#2f7d62";
  return { color, colorLight: `${color}33` };
}
