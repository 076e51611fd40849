"""The renderer: markdown-it without raw HTML, then nh3 with what markdown can make and no more."""

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import nh3
from markdown_it import MarkdownIt

from chat.markdown.channels import channel_rule, render_channel
from chat.markdown.code import HIGHLIGHTED_CHARACTERS, render_fence
from chat.markdown.mentions import MENTIONS_PER_MESSAGE, Person, mention_rule, render_mention

# Measured at 5–20 µs each, `[` up to 90 because of the search for its end, and a table's cells
# also where only the head has them. What is denser than any text of people is shown as typed.
MARKUP = re.compile(r"[\\`*_~\[\]<>&!|@#:\n.]")
MARKUP_LIMIT = 1_000
BRACKETS_LIMIT = 300
LINKS_LIMIT = 200
CELLS_LIMIT = 1_500
LENGTH_LIMIT = 20_000
NESTING_LIMIT = 8

FENCE = re.compile(r"^ {0,3}(```|~~~)[^`\n]*\n.*?^ {0,3}\1[ `~]*$", re.DOTALL | re.MULTILINE)
CODE_ALLOWANCE = 4  # times as much in all, since what is in a fence costs little

# What shows that a text is more than one plain paragraph. Most are not, and markdown-it takes
# 90 µs to find out. A test compares both ways.
NOT_PLAIN = re.compile(
    r"[\x00-\x1f\x7f\xa0\\`*_~\[\]<>&|@]|//|mailto:|\w\.\w|#\w|\A(?:\s|#|[-+=]|\d+[.)])|\s\Z",
    re.IGNORECASE,
)

TAGS = {
    "a", "blockquote", "br", "code", "del", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li",
    "ol", "p", "pre", "s", "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip

cleaner = nh3.Cleaner(
    tags=TAGS,
    attributes={
        "a": {"href"},
        "code": {"class"},
        "ol": {"start"},
        "span": {"class", "data-user"},
    },
    set_tag_attribute_values={"a": {"target": "_blank"}},
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener noreferrer nofollow",
)


@dataclass(frozen=True, slots=True)
class Body:
    """A text, rendered; `mentions` are the ids of the people in it, in order; `broadcast` is
    "channel" or "here" if it calls everybody."""

    text: str
    html: str
    mentions: tuple[int, ...] = ()
    broadcast: str = ""


class _Renderer(threading.local):
    """One per thread: the link finder keeps its place in itself."""

    def __init__(self) -> None:
        options = {"linkify": True, "breaks": True, "html": False, "maxNesting": NESTING_LIMIT}
        self.markdown = MarkdownIt("js-default", options)
        # Images tell their host who reads; indented code and underlined headings surprise in a
        # chat; definitions of references would vanish.
        unwanted = ["image", "code", "lheading", "reference", "html_block", "html_inline"]
        self.markdown.disable([*unwanted, "replacements", "smartquotes"])
        self.markdown.inline.ruler.push("mention", mention_rule)
        self.markdown.inline.ruler.push("channel", channel_rule)
        self.markdown.add_render_rule("mention", render_mention)
        self.markdown.add_render_rule("channel", render_channel)
        self.markdown.add_render_rule("fence", render_fence)


renderer = _Renderer()


def render(text: str, people: Mapping[str, Person | None]) -> Body:
    """`people` by the names of possible_names(text), as far as they exist; None for a name that
    several people have."""
    if not NOT_PLAIN.search(text):
        return Body(text, f"<p>{text}</p>")
    if _is_too_long(text):
        return Body(text, as_typed(text))
    env: dict[str, Any] = {
        "people": people,
        "mentioned": {},
        "broadcasts": set(),
        "highlightable": HIGHLIGHTED_CHARACTERS,
    }
    html = cleaner.clean(renderer.markdown.render(text, env)).strip()
    mentions = tuple(env["mentioned"])[:MENTIONS_PER_MESSAGE]
    return Body(text, html, mentions, min(env["broadcasts"], default=""))  # channel before here


def as_typed(text: str) -> str:
    return "<p>" + escape(text, quote=False).replace("\n", "<br>\n") + "</p>"


def _is_too_long(text: str) -> bool:
    """To be rendered in time. Limits for the whole text too: FENCE may be led to see code where
    markdown-it sees none."""
    return (
        len(text) > LENGTH_LIMIT
        or _is_dense(text, CODE_ALLOWANCE)
        or _is_dense(FENCE.sub("", text), 1)
    )


def _is_dense(text: str, allowance: int) -> bool:
    lines = text.split("\n")
    return (
        len(MARKUP.findall(text)) > MARKUP_LIMIT * allowance
        or text.count("[") > BRACKETS_LIMIT * allowance
        or text.count("//") > LINKS_LIMIT * allowance
        or len(lines) * max(line.count("|") for line in lines) > CELLS_LIMIT * allowance
    )
