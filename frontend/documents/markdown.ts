/** Markdown as the editor and the preview read it: the same parser, so that both see the same text. */
import { defineLanguageFacet, Language, syntaxHighlighting } from "@codemirror/language";
import { tagHighlighter, tags } from "@lezer/highlight";
import { GFM, parser } from "@lezer/markdown";

export const markdownParser = parser.configure([GFM]);

/** Classes instead of colours: styles/documents/ says how they look. */
const highlighter = tagHighlighter([
  { tag: tags.heading1, class: "md-heading md-heading-1" },
  { tag: tags.heading2, class: "md-heading md-heading-2" },
  { tag: [tags.heading3, tags.heading4, tags.heading5, tags.heading6], class: "md-heading" },
  { tag: tags.strong, class: "md-strong" },
  { tag: tags.emphasis, class: "md-emphasis" },
  { tag: tags.strikethrough, class: "md-struck" },
  { tag: tags.monospace, class: "md-code" },
  { tag: tags.quote, class: "md-quote" },
  { tag: [tags.link, tags.url], class: "md-link" },
  { tag: [tags.processingInstruction, tags.contentSeparator], class: "md-mark" },
  { tag: [tags.comment, tags.labelName], class: "md-mark" },
]);

export const markdown = [
  new Language(defineLanguageFacet(), markdownParser, [], "markdown"),
  syntaxHighlighting(highlighter),
];
