/** A document as a file: as it was written, or as a page that any browser shows. */
import { language } from "../i18n";

const STYLE = `body{max-width:44rem;margin:3rem auto;padding:0 1.5rem;font:16px/1.7 Pretendard,system-ui,sans-serif;color:#221f1a}
code{font-family:ui-monospace,monospace;font-size:.875em}pre{padding:1rem;background:#f3eee2;overflow:auto}
blockquote{margin-inline:0;padding-inline-start:1rem;border-inline-start:3px solid #e2dac9;color:#665f53}
table{border-collapse:collapse}th,td{padding:.3rem .7rem;border:1px solid #e2dac9;text-align:start}
p,li{white-space:pre-line}.heading-link{display:none}.task{list-style:none}`;

export const downloadMarkdown = (title: string, text: string): void =>
  download(`${nameOf(title)}.md`, "text/markdown", text);

/** `drawn` is the preview: what it shows is taken, and nothing is read as markup on the way. */
export function downloadPage(title: string, drawn: HTMLElement): void {
  const page = document.implementation.createHTMLDocument(title);
  page.documentElement.lang = language();
  const charset = page.createElement("meta");
  charset.setAttribute("charset", "utf-8");
  page.head.prepend(charset);
  page.body.append(withoutComments(page.importNode(drawn, true)));
  download(
    `${nameOf(title)}.html`,
    "text/html",
    // As text: a style element, even in another document, is not what our policy allows.
    `<!doctype html>\n${page.documentElement.outerHTML.replace("</head>", `<style>${STYLE}</style></head>`)}`,
  );
}

/** Lit keeps its places with comments. */
function withoutComments(node: HTMLElement): HTMLElement {
  const walker = node.ownerDocument.createTreeWalker(node, NodeFilter.SHOW_COMMENT);
  const comments: Node[] = [];
  while (walker.nextNode()) comments.push(walker.currentNode);
  for (const comment of comments) comment.parentNode?.removeChild(comment);
  return node;
}

const nameOf = (title: string): string =>
  title.replace(/[\\/:*?"<>|\p{Cc}]+/gu, " ").trim() || "maru";

function download(name: string, type: string, text: string): void {
  const link = document.createElement("a");
  link.download = name;
  link.href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  link.click();
  URL.revokeObjectURL(link.href);
}
