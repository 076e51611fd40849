"""Code fences with their colours, as CSS classes of Pygments."""

from collections.abc import Iterator, MutableMapping
from functools import cache
from html import escape
from io import StringIO
from time import thread_time
from typing import Any

from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name

# A list of our own: for a name that it does not know, Pygments searches all installed packages;
# and the lexers of console and ini take 0.1 s for a few kB of colons.
LANGUAGES = {
    "bash", "c", "c++", "cpp", "csharp", "css", "diff", "docker", "dockerfile", "elixir", "go",
    "graphql", "haskell", "html", "java", "javascript", "js", "json", "jsx", "kotlin", "lua",
    "make", "makefile", "markdown", "md", "nginx", "nix", "objc", "php", "powershell", "protobuf",
    "py", "python", "r", "rb", "rs", "ruby", "rust", "scala", "scss", "sh", "shell", "sql", "swift",
    "tcl", "terraform", "toml", "ts", "tsx", "typescript", "vim", "xml", "yaml", "yml", "zig",
    "zsh",
}  # fmt: skip
HIGHLIGHTED_CHARACTERS = 3_000  # per message; the rest stays without colours
# Of this thread's CPU, per fence. Ordinary code takes 1–5 ms; some lexers are quadratic, C's for
# empty lines, C#'s for words.
HIGHLIGHTING_SECONDS = 0.01

Token = tuple[Any, str]

formatter = HtmlFormatter(nowrap=True)


@cache
def _lexer(language: str) -> Lexer:
    return get_lexer_by_name(language, stripnl=False)


def render_fence(
    self: Any, tokens: Any, index: int, options: Any, env: MutableMapping[str, Any]
) -> str:
    token = tokens[index]
    language = token.info.strip().split(maxsplit=1)[0].lower() if token.info.strip() else ""
    name = f' class="language-{escape(language)}"' if language else ""
    return f"<pre><code{name}>{_body(token.content, language, env)}</code></pre>\n"


def _body(code: str, language: str, env: MutableMapping[str, Any]) -> str:
    if language in LANGUAGES and len(code) <= env["highlightable"]:
        env["highlightable"] -= len(code)
        tokens = list(_in_time(_lexer(language).get_tokens(code)))
        if "".join(value for _, value in tokens).rstrip() == code.rstrip():
            html = StringIO()
            formatter.format(tokens, html)
            return html.getvalue()
    return escape(code, quote=False)


def _in_time(tokens: Iterator[Token]) -> Iterator[Token]:
    """Stops where the time is over."""
    end = thread_time() + HIGHLIGHTING_SECONDS
    for token in tokens:
        if thread_time() > end:
            return
        yield token
