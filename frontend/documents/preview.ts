/**
 * A document as one reads it: the parser's tree, turned into Lit templates. Text stays text, so
 * nothing in it can become markup; links go only where links may go.
 */
import type { SyntaxNode } from "@lezer/common";
import { html, nothing, type TemplateResult } from "lit";
import { html as staticHtml, unsafeStatic } from "lit/static-html.js";
import { levelOf, Slugs, titleOf } from "./headings";
import { markdownParser } from "./markdown";
import { inline } from "./preview-inline";

/** Deeper than anybody writes: what is nested further is shown as typed. */
const DEEPEST = 24;

type Drawn = TemplateResult | string | typeof nothing;

export function preview(text: string): TemplateResult {
  const drawer = new Drawer(text);
  return html`${drawer.children(markdownParser.parse(text).topNode, 0)}`;
}

class Drawer {
  private readonly slugs = new Slugs();

  constructor(private readonly text: string) {}

  children(node: SyntaxNode, depth: number): Drawn[] {
    const drawn: Drawn[] = [];
    for (let child = node.firstChild; child; child = child.nextSibling)
      drawn.push(this.block(child, depth));
    return drawn;
  }

  private block(node: SyntaxNode, depth: number): Drawn {
    if (depth > DEEPEST) return this.asTyped(node);
    if (levelOf(node) > 0) return this.heading(node, depth);
    switch (node.name) {
      case "Paragraph":
        return html`<p>${inline(node, this.text)}</p>`;
      case "Blockquote":
        return html`<blockquote>${this.children(node, depth + 1)}</blockquote>`;
      case "BulletList":
        return html`<ul>${this.children(node, depth + 1)}</ul>`;
      case "OrderedList":
        return html`<ol start=${this.firstNumber(node)}>${this.children(node, depth + 1)}</ol>`;
      case "ListItem":
        return this.item(node, depth);
      case "Task":
        return this.task(node);
      case "FencedCode":
      case "CodeBlock":
        return this.code(node);
      case "HorizontalRule":
        return html`<hr />`;
      case "Table":
        return this.table(node);
      case "HTMLBlock":
      case "CommentBlock":
      case "ProcessingInstructionBlock":
      case "LinkReference":
        return this.asTyped(node);
      default:
        return nothing; // marks
    }
  }

  private heading(node: SyntaxNode, depth: number): TemplateResult {
    const title = titleOf(node, this.text);
    // Only those that stand free have an address: headingsIn() counts the same ones.
    const slug = depth === 0 ? this.slugs.next(title) : nothing;
    const tag = unsafeStatic(`h${levelOf(node)}`);
    const link = html`<a class="heading-link" href="#${slug}" aria-hidden="true" tabindex="-1">#</a>`;
    return staticHtml`<${tag} data-slug=${slug}>${inline(node, this.text)}${
      depth === 0 ? link : nothing
    }</${tag}>`;
  }

  private firstNumber(list: SyntaxNode): number {
    const mark = list.getChild("ListItem")?.getChild("ListMark");
    return mark ? Number.parseInt(this.slice(mark), 10) : 1;
  }

  /** In a list without empty lines, items are words, not paragraphs. */
  private item(node: SyntaxNode, depth: number): TemplateResult {
    const only = node.getChildren("Paragraph").length === 1 && node.getChild("Paragraph");
    const isTask = node.getChild("Task") !== null;
    const drawn: Drawn[] = [];
    for (let child = node.firstChild; child; child = child.nextSibling)
      drawn.push(
        only && child.from === only.from && child.name === "Paragraph"
          ? html`${inline(child, this.text)}`
          : this.block(child, depth + 1),
      );
    return html`<li class=${isTask ? "task" : nothing}>${drawn}</li>`;
  }

  private task(node: SyntaxNode): TemplateResult {
    const marker = node.getChild("TaskMarker");
    const isDone = marker !== null && /x/i.test(this.slice(marker));
    return html`<input type="checkbox" disabled .checked=${isDone} ?checked=${isDone} />
      <span>${inline(node, this.text)}</span>`;
  }

  private code(node: SyntaxNode): TemplateResult {
    const lines = node.getChildren("CodeText").map((part) => this.slice(part));
    return html`<pre><code>${lines.join("")}</code></pre>`;
  }

  private table(node: SyntaxNode): TemplateResult {
    const cells = (row: SyntaxNode) => row.getChildren("TableCell");
    const head = node.getChild("TableHeader");
    return html`<table>
      <thead><tr>
        ${head && cells(head).map((cell) => html`<th>${inline(cell, this.text)}</th>`)}
      </tr></thead>
      <tbody>
        ${node
          .getChildren("TableRow")
          .map(
            (row) =>
              html`<tr>${cells(row).map((cell) => html`<td>${inline(cell, this.text)}</td>`)}</tr>`,
          )}
      </tbody>
    </table>`;
  }

  private asTyped(node: SyntaxNode): TemplateResult {
    return html`<p class="as-typed">${this.slice(node)}</p>`;
  }

  private slice({ from, to }: SyntaxNode): string {
    return this.text.slice(from, to);
  }
}
