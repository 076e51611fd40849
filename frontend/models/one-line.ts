/** A message in one line, without its marks, for where there is no room for more. */

const LONGEST = 300;

export function oneLine(markdown: string): string {
  return markdown
    .slice(0, LONGEST)
    .replace(/```[\w-]*|`/gu, "")
    .replace(/!?\[([^\]]*)\]\([^)]*\)/gu, "$1")
    .replace(/^\s*(?:>|#{1,6}\s|[-*+]\s|\d+\.\s)\s*/gmu, "")
    .replace(/(\*\*|__|~~|\|\|)(.+?)\1/gsu, "$2")
    .replace(/(?<![\p{L}\p{N}])([*_])(\S(?:.*?\S)?)\1(?![\p{L}\p{N}])/gu, "$2")
    .replace(/\s+/gu, " ")
    .trim();
}
