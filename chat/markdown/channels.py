"""`#name` may be a channel. Which one is for each reader's client to know: a link made here would
tell of channels that not every reader may see, and so would the lack of one. So every such word is
only marked, without a look into the database.
"""

import re
from collections.abc import MutableMapping
from html import escape
from typing import Any

from markdown_it.rules_inline import StateInline

NAME_MAX_LENGTH = 80
NAMED = re.compile(rf"(?<![\w&#/@.-])#(\w[\w.-]{{0,{NAME_MAX_LENGTH - 1}}})")


def channel_rule(state: StateInline, silent: bool) -> bool:
    """markdown-it's inline rule. Not in the words of a link: no link stands in another."""
    if state.src[state.pos] != "#" or state.linkLevel > 0:
        return False
    match = NAMED.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        state.push("channel", "", 0).content = match[1]
    state.pos = match.end()
    return True


def render_channel(
    self: Any, tokens: Any, index: int, options: Any, env: MutableMapping[str, Any]
) -> str:
    return f'<span class="channel-name">#{escape(tokens[index].content)}</span>'
