"""Deltas over UTF-16 units, on a text that pycrdt counts in bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.yjs.text import (
    edit,
    edits_of,
    new_doc,
    ops_between,
    ops_by_lines,
    piece,
    prefix,
    text_of,
    units,
)

TEXT = st.text(alphabet="ab \n가é😀\u0301", max_size=30)


def changed(text: str, ops: list[dict[str, object]]) -> str:
    doc = new_doc()
    text_of(doc).insert(0, text)
    edit(doc, edits_of(ops))
    return str(text_of(doc))


@given(TEXT, TEXT)
def test_the_delta_between_two_texts_leads_from_one_to_the_other(old: str, new: str) -> None:
    assert changed(old, ops_between(old, new)) == new
    assert changed(old, ops_by_lines(old, new)) == new


@given(TEXT)
def test_units_are_those_of_javascript(text: str) -> None:
    assert units(text) == sum(2 if c > "\uffff" else 1 for c in text)
    assert prefix(text, units(text)) == text


def test_lines_in_the_midst_are_left_alone() -> None:
    steps = ops_by_lines("a\nkeep\nb\n", "x\nkeep\ny\n")
    assert steps == [
        {"insert": "x"}, {"delete": 1}, {"retain": 1}, {"retain": 5},
        {"insert": "y"}, {"delete": 1}, {"retain": 1},
    ]  # fmt: skip


@pytest.mark.parametrize(("index", "length"), [(1, 1), (0, 1), (5, 1), (3, 9), (-1, 0)])
def test_half_characters_and_places_beyond_are_refused(index: int, length: int) -> None:
    with pytest.raises(ValueError, match=r"beyond|decode"):
        piece("😀가나", index, length)
