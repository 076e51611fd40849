/** What stands inside a line: strong, emphasised, struck, code, links. */
import type { SyntaxNode } from "@lezer/common";
import { html, type TemplateResult } from "lit";

const DEEPEST = 24;
const SCHEMES = new Set(["http:", "https:", "mailto:"]);
const MENTION = /(^|[^\p{L}\p{N}_@/])(@[\p{L}\p{N}_][\p{L}\p{N}_.-]*)/gu;

type Drawn = TemplateResult | string;

/** The text of a node, without the marks that make it what it is. */
export function inline(node: SyntaxNode, text: string, depth = 0): Drawn[] {
  if (depth > DEEPEST) return [text.slice(node.from, node.to)];
  const drawn: Drawn[] = [];
  let at = node.from;
  for (let child = node.firstChild; child; child = child.nextSibling) {
    drawn.push(...words(text.slice(at, child.from)));
    drawn.push(...span(child, text, depth));
    at = child.to;
  }
  drawn.push(...words(text.slice(at, node.to)));
  return trimmed(drawn);
}

function span(node: SyntaxNode, text: string, depth: number): Drawn[] {
  const inside = () => inline(node, text, depth + 1);
  const whole = text.slice(node.from, node.to);
  switch (node.name) {
    case "StrongEmphasis":
      return [html`<strong>${inside()}</strong>`];
    case "Emphasis":
      return [html`<em>${inside()}</em>`];
    case "Strikethrough":
      return [html`<s>${inside()}</s>`];
    case "InlineCode":
      return [html`<code>${withoutTicks(whole)}</code>`];
    case "Link":
    case "Image": // never fetched: an image tells its host who reads
      return [link(node, text, depth)];
    case "Autolink":
      return [anchor(whole.slice(1, -1), whole.slice(1, -1))];
    case "URL":
      return [anchor(addressOf(whole), whole)];
    case "Escape":
      return [whole.slice(1)];
    case "HardBreak":
      return [html`<br />`];
    case "HTMLTag":
    case "Comment":
    case "ProcessingInstruction":
    case "Entity":
      return [whole];
    default:
      return []; // marks
  }
}

function link(node: SyntaxNode, text: string, depth: number): Drawn {
  const url = node.getChild("URL");
  const [open, close] = node.getChildren("LinkMark");
  if (!url || !open || !close) return text.slice(node.from, node.to);
  const label: Drawn[] = [];
  let at = open.to;
  for (let child = open.nextSibling; child && child.to <= close.from; child = child.nextSibling) {
    label.push(text.slice(at, child.from), ...span(child, text, depth + 1));
    at = child.to;
  }
  label.push(text.slice(at, close.from));
  return anchor(text.slice(url.from, url.to).replace(/^<|>$/g, ""), label);
}

/** Nowhere but to pages and mail; what leads elsewhere stays text. */
function anchor(address: string, label: Drawn | Drawn[]): Drawn {
  if (!URL.canParse(address, location.href)) return html`${label}`;
  const { protocol, origin, href } = new URL(address, location.href);
  if (!SCHEMES.has(protocol)) return html`${label}`;
  if (address.startsWith("#")) return html`<a href=${address}>${label}</a>`;
  if (origin === location.origin) return html`<a href=${href}>${label}</a>`;
  return html`<a href=${href} target="_blank" rel="noopener noreferrer nofollow">${label}</a>`;
}

function addressOf(found: string): string {
  if (/^[a-z][a-z0-9+.-]*:/i.test(found)) return found;
  return found.includes("@") ? `mailto:${found}` : `https://${found}`;
}

const withoutTicks = (code: string): string =>
  code.replace(/^`+|`+$/g, "").replace(/^ (?=.*\S)([\s\S]*) $/, "$1");

/** Plain text, in which people are mentioned. */
function words(text: string): Drawn[] {
  const drawn: Drawn[] = [];
  let at = 0;
  for (const { index, 1: before = "", 2: name = "" } of text.matchAll(MENTION)) {
    const from = index + before.length;
    drawn.push(text.slice(at, from), html`<span class="mention">${name}</span>`);
    at = from + name.length;
  }
  drawn.push(text.slice(at));
  return drawn.filter((piece) => piece !== "");
}

/** The spaces that stood between a mark and its text. */
function trimmed(drawn: Drawn[]): Drawn[] {
  const [first] = drawn;
  if (typeof first === "string") drawn[0] = first.trimStart();
  const last = drawn.at(-1);
  if (typeof last === "string") drawn[drawn.length - 1] = last.trimEnd();
  return drawn;
}
