/** The headings of a document, each with an address of its own: /documents/7#결정-사항. */
import type { SyntaxNode } from "@lezer/common";
import { markdownParser } from "./markdown";

export interface Heading {
  level: number;
  title: string;
  slug: string;
  from: number;
}

const HEADING = /^(?:ATX|Setext)Heading(\d)$/;
const LONGEST_SLUG = 80;

/** Letters and digits of any language; what stands between them becomes one hyphen. */
export function slugOf(title: string): string {
  const words =
    title
      .normalize("NFC")
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return words.join("-").slice(0, LONGEST_SLUG) || "-";
}

export const levelOf = (node: SyntaxNode): number => Number(HEADING.exec(node.name)?.[1] ?? 0);

/** What a heading says, without its marks. */
export function titleOf(node: SyntaxNode, text: string): string {
  const line = text.slice(node.from, node.to);
  return line
    .replace(/^#{1,6}\s+|\s+#*\s*$/g, "")
    .replace(/\n\s*[=-]+\s*$/, "")
    .replace(/[*_`~]+/g, "")
    .trim();
}

/** Gives each heading its slug; the second of the same name gets "-2". */
export class Slugs {
  private readonly seen = new Map<string, number>();

  next(title: string): string {
    const slug = slugOf(title);
    const times = (this.seen.get(slug) ?? 0) + 1;
    this.seen.set(slug, times);
    return times === 1 ? slug : `${slug}-${times}`;
  }
}

/** The headings of the top level, as the preview numbers them too. */
export function headingsIn(text: string): Heading[] {
  const slugs = new Slugs();
  const headings: Heading[] = [];
  const { topNode } = markdownParser.parse(text);
  for (let node = topNode.firstChild; node; node = node.nextSibling) {
    const level = levelOf(node);
    if (level === 0) continue;
    const title = titleOf(node, text);
    headings.push({ level, title, slug: slugs.next(title), from: node.from });
  }
  return headings;
}
