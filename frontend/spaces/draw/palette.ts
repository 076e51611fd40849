/** The colours of the hall, as the style sheet has them now: a canvas knows no custom properties. */

const NAMES = [
  "floor",
  "floor-light",
  "joint",
  "wood",
  "wood-light",
  "wood-dark",
  "brass",
  "hanji",
  "hanji-shade",
  "lattice",
  "silk",
  "silk-line",
  "leaf",
  "leaf-dark",
  "pot",
  "stone",
  "light",
  "glow",
  "glow-end",
  "ink",
  "label",
  "label-ink",
  "bubble",
  "bubble-ink",
  "accent",
  "shadow",
  "shadow-end",
] as const;

export type ColourName = (typeof NAMES)[number];
export type Palette = Record<ColourName, string> & { faces: [string, string][] };

const HUES = 8;

/** `probe`: an element inside the one that has the colours. */
export function readPalette(probe: HTMLElement): Palette {
  const read = (value: string) => {
    probe.style.color = value;
    return getComputedStyle(probe).color;
  };
  const colours = Object.fromEntries(NAMES.map((name) => [name, read(`var(--hall-${name})`)]));
  const faces = Array.from({ length: HUES }, (_, hue) => {
    probe.dataset["hue"] = String(hue);
    return [read("var(--face)"), read("var(--face-ink)")];
  });
  return { ...colours, faces } as Palette;
}
