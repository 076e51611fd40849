"""Text into HTML: what it looks like, what never comes through, how long it takes."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.markdown import Person, code, possible_names, render
from chat.markdown.code import LANGUAGES, _lexer
from chat.markdown.render import NOT_PLAIN, cleaner, renderer

PEOPLE = {"alice": Person(1, "Alice"), "김철수": Person(2, "김철수"), "bob": Person(3, "<b>Bob")}

MAX_SECONDS = 0.05
# What it takes on the machine of which that is said.
YARDSTICK_SECONDS = 0.003
TRIES = 10


def cpu_seconds(work: Callable[[], object]) -> float:
    start = time.thread_time()
    work()
    return time.thread_time() - start


def yardstick() -> None:
    for number in range(40_000):
        str(number).strip("0")


def is_quick(work: Callable[[], object]) -> bool:
    """In one of several tries, since the machine does other things beside; a slow machine, or one
    that is slow at the moment, has more time."""
    for _ in range(TRIES):
        taken = cpu_seconds(work)
        if taken < MAX_SECONDS or taken < MAX_SECONDS * cpu_seconds(yardstick) / YARDSTICK_SECONDS:
            return True
    return False


def html(text: str) -> str:
    return render(text, PEOPLE).html


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain, 안녕하세요!", "<p>plain, 안녕하세요!</p>"),
        ("**강조**는 ~~a~~ _b_", "<p><strong>강조</strong>는 <s>a</s> <em>b</em></p>"),
        ("a\nb", "<p>a<br>\nb</p>"),
        ("`<b>`", "<p><code>&lt;b&gt;</code></p>"),
        ("<b>bold</b>", "<p>&lt;b&gt;bold&lt;/b&gt;</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("> q", "<blockquote>\n<p>q</p>\n</blockquote>"),
        ("    indented", "<p>indented</p>"),
        ("![x](http://spy.example/p.png)", None),
        ("```\n<i>\n```", "<pre><code>&lt;i&gt;\n</code></pre>"),
    ],
)
def test_markdown_becomes_html(text: str, expected: str | None) -> None:
    if expected is None:
        assert "<img" not in html(text)
    else:
        assert html(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see #general.", '<p>see <span class="channel-name">#general.</span></p>'),
        ("#개발에서 봐요", '<p><span class="channel-name">#개발에서</span> 봐요</p>'),
        ("a#b &#35; ##c #", "<p>a#b # ##c #</p>"),
        ("`#code` \\#escaped", "<p><code>#code</code> #escaped</p>"),
        ("# title", "<h1>title</h1>"),
    ],
)
def test_what_may_be_a_channel_is_marked(text: str, expected: str) -> None:
    assert html(text) == expected


def test_in_a_link_nothing_else_is_marked() -> None:
    for text in ("[#general](http://x.example)", "http://x.example/#general", "x.example/#a"):
        assert "channel-name" not in html(text)


def test_a_link_tells_its_target_nothing() -> None:
    assert html("see example.com") == (
        '<p>see <a href="http://example.com" target="_blank"'
        ' rel="noopener noreferrer nofollow">example.com</a></p>'
    )


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        "<img src=x onerror=alert(1)>",
        '```"><script>alert(1)</script>\nx\n```',
        '[x](https://a.example"onmouseover="alert(1))',
        "<a href='javascript:alert(1)'>x</a>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "<javascript:alert(1)>",
        "\x00<script>alert(1)</script>",
    ],
)
def test_nothing_that_runs_comes_through(text: str) -> None:
    made = html(text).lower()

    assert "<script" not in made
    assert "<img" not in made
    assert 'href="javascript' not in made
    assert 'href="data' not in made
    assert 'href="vbscript' not in made
    assert "onerror" not in made.replace("&lt;img src=x onerror=alert(1)&gt;", "")
    assert '"onmouseover' not in made.replace("&quot;", "'")


@pytest.mark.parametrize(
    ("text", "mentioned"),
    [
        ("@alice", (1,)),
        ("@Alice, hi", (1,)),
        ("@김철수님이 왔어요", (2,)),
        ("안녕@김철수", (2,)),
        ("(@bob)", (3,)),
        ("@alice.", (1,)),
        ("@bob @alice @bob", (3, 1)),
        ("**@alice**님", (1,)),
        ("@bobby", ()),
        ("mail@alice.com", ()),
        ("`@alice`", ()),
        ("```\n@alice\n```", ()),
        ("@nobody", ()),
        ("@channel @here", ()),
    ],
)
def test_mentions(text: str, mentioned: tuple[int, ...]) -> None:
    assert render(text, PEOPLE).mentions == mentioned


def test_a_mention_shows_the_name_and_leaves_the_particle_outside() -> None:
    assert html("@김철수님이") == ('<p><span class="mention" data-user="2">@김철수</span>님이</p>')


def test_a_mentioned_name_is_escaped() -> None:
    assert "@&lt;b&gt;Bob</span>" in html("@bob")


def test_a_group_mention_is_marked_without_a_user() -> None:
    assert html("@here!") == '<p><span class="mention">@here</span>!</p>'


def test_possible_names_hold_every_beginning_of_a_korean_run_but_no_part_of_a_latin_word() -> None:
    assert possible_names("@김철수님이") == {"김", "김철", "김철수", "김철수님", "김철수님이"}
    assert possible_names("@Alice") == {"Alice", "alice"}
    assert possible_names("@alice님") == {"alice", "alice님"}


def test_code_gets_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(code, "HIGHLIGHTING_SECONDS", 60)
    assert '<span class="k">def</span>' in html("```python\ndef f(): pass\n```")


def test_code_keeps_its_text_when_its_lexer_takes_too_long() -> None:
    lines = "x\n" * 1_400  # quadratic in the lexer of C#

    assert html(f"```csharp\n{lines}```").count("x\n") == 1_400


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_language_has_a_lexer(language: str) -> None:
    assert _lexer(language).name


HOSTILE = [
    "@", "[", "*", "`", "> ", "- ", "**a ", "*a_ ", "![", "<", "[a](", "\\", "&", "1. ", "|",
    "http://", "~~a", "[](<", "a**b", "x\n", "> x\n", "```\n", "www.a.b ", "[a]: b\n", "- a\n",
    "#\n", "|a\n|-\n", "//a.b ", "@가나다라마바사아자차카타파하 ", "&amp;", "<http://a>", "\n\n",
]  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE)
@pytest.mark.parametrize("before", ["", "> " * 20, "- a\n\n  ```\n```\n```\n"])
@pytest.mark.parametrize("size", [3_000, 40_000])
def test_hostile_text_is_rendered_in_time(unit: str, before: str, size: int) -> None:
    text = (before + unit * size)[:size]
    assert render(text, PEOPLE).html
    assert is_quick(lambda: (possible_names(text), render(text, PEOPLE)))


@pytest.mark.parametrize("language", ["c", "java", "csharp", "javascript", "go", "html", "css"])
@pytest.mark.parametrize("unit", ["\n", "x\n", '"\\', "&", "a:", "::", "(", "<a "])
def test_hostile_code_is_rendered_in_time(language: str, unit: str) -> None:
    text = f"```{language}\n{(unit * 20_000)[:2_900]}\n```"

    assert is_quick(lambda: html(text))


def test_a_wide_table_is_not_made() -> None:
    wide = "|" + "a|" * 900 + "\n|" + "-|" * 900 + "\n" + "|b\n" * 90

    assert "<table>" not in html(wide)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80))
def test_the_short_way_for_plain_text_gives_what_the_long_way_gives(text: str) -> None:
    if not NOT_PLAIN.search(text) and text:
        env = {"people": {}, "mentioned": {}, "highlightable": 0, "broadcasts": set()}
        assert html(text) == cleaner.clean(renderer.markdown.render(text, env)).strip()


@given(st.text(alphabet=" .,!?'\"()-+=#:;%$^{}/가나다abAB019é😀\u3000\u2028ㅋㅎ", max_size=40))
def test_the_short_way_for_punctuation_gives_what_the_long_way_gives(text: str) -> None:
    if not NOT_PLAIN.search(text) and text:
        env = {"people": {}, "mentioned": {}, "highlightable": 0, "broadcasts": set()}
        assert html(text) == cleaner.clean(renderer.markdown.render(text, env)).strip()


@given(st.text(max_size=200))
def test_any_text_can_be_rendered(text: str) -> None:
    assert render(text, PEOPLE).text == text
