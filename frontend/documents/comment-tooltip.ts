/** The button that stands over what is selected. */
import { type EditorState, type Extension, StateField } from "@codemirror/state";
import { showTooltip, type Tooltip } from "@codemirror/view";
import { createElement, MessageSquareText } from "lucide";
import { gettext } from "../i18n";

export function commentTooltip(ask: () => void): Extension {
  const tooltipAt = (state: EditorState): Tooltip | null => {
    const { empty, from } = state.selection.main;
    if (empty || state.readOnly) return null;
    return { pos: from, above: true, create: () => ({ dom: button(ask) }) };
  };
  return StateField.define<Tooltip | null>({
    create: tooltipAt,
    update: (tooltip, { docChanged, selection, state, reconfigured }) =>
      docChanged || selection || reconfigured ? tooltipAt(state) : tooltip,
    provide: (field) => showTooltip.from(field),
  });
}

function button(ask: () => void): HTMLElement {
  const dom = document.createElement("div");
  dom.className = "comment-tooltip";
  const made = document.createElement("button");
  made.type = "button";
  made.append(createElement(MessageSquareText, { class: "icon", "stroke-width": 1.75 }));
  made.append(gettext("Comment"));
  // The selection stays: it is what the comment is about.
  made.addEventListener("mousedown", (event) => event.preventDefault());
  made.addEventListener("click", ask);
  dom.append(made);
  return dom;
}
