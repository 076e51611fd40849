/** Lucide's line icons as inline SVG, drawn once per place and kept. */
import { Directive, directive } from "lit/directive.js";
import { createElement, type IconNode } from "lucide";

class IconDirective extends Directive {
  private node: IconNode | undefined;
  private svg: SVGElement | undefined;

  render(node: IconNode): SVGElement {
    if (!this.svg || node !== this.node) {
      this.node = node;
      this.svg = createElement(node, { class: "icon", "stroke-width": 1.75 });
    }
    return this.svg;
  }
}

export const icon = directive(IconDirective);
