"""A place keeps its text, in every script and whatever is written around it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.yjs import anchors
from documents.yjs import text as texts

TEXT = "가을 워크숍 👩‍👩‍👧 in Seoul, 10월 셋째 주"


def document(text: str) -> "anchors.AnyDoc":
    doc = texts.new_doc()
    texts.text_of(doc).insert(0, text)
    return doc


def anchored(doc: "anchors.AnyDoc", words: str) -> tuple[bytes, bytes]:
    text = str(texts.text_of(doc))
    index = texts.units(text[: text.index(words)])
    return anchors.begin_at(doc, index), anchors.end_at(doc, index + texts.units(words))


def shown(doc: "anchors.AnyDoc", anchor: tuple[bytes, bytes]) -> str | None:
    (place,) = anchors.places_of(doc, [anchor])
    return place and texts.piece(str(texts.text_of(doc)), *place)


@pytest.mark.parametrize("words", ["가을", "워크숍 👩‍👩‍👧", "Seoul", "셋째 주", TEXT])
def test_a_place_keeps_its_text(words: str) -> None:
    doc = document(TEXT)
    anchor = anchored(doc, words)
    assert shown(doc, anchor) == words
    text = texts.text_of(doc)
    text.insert(0, "여러분, ")
    text.insert(len(text), " 끝.")
    assert shown(doc, anchor) == words
    at = len(str(text).split(words)[0].encode())
    text.insert(at + len(words.encode()), "뒤")
    text.insert(at, "앞")
    assert shown(doc, anchor) == words
    other = texts.new_doc()
    other.apply_update(doc.get_update())
    assert shown(other, anchor) == words


def test_what_is_written_inside_belongs_to_it_and_what_is_gone_is_nowhere() -> None:
    doc = document("하나 둘 셋")
    anchor = anchored(doc, "둘 셋")
    text = texts.text_of(doc)
    text.insert(len("하나 둘".encode()), "째와")
    assert shown(doc, anchor) == "둘째와 셋"
    del text[0 : len(text)]
    text.insert(0, "다른 글")
    assert not shown(doc, anchor)


def test_many_places_are_found_at_once() -> None:
    doc = document(TEXT)
    words = ["가을", "워크숍", "Seoul", "10월", "주"]
    found = anchors.places_of(doc, [anchored(doc, each) for each in words])
    assert [place and texts.piece(TEXT, *place) for place in found] == words
    assert anchors.places_of(doc, [(b"", b"nonsense")]) == [None]


@settings(max_examples=60, deadline=None)
@given(st.text("가a👍\n", min_size=3, max_size=12), st.data())
def test_a_place_survives_any_change_around_it(text: str, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(text) - 1))
    last = data.draw(st.integers(first + 1, len(text)))
    doc = document(text)
    start = anchors.begin_at(doc, texts.units(text[:first]))
    end = anchors.end_at(doc, texts.units(text[:last]))
    shared = texts.text_of(doc)
    words, before, after = text[first:last], text[:first], text[last:]
    for inserted in data.draw(st.lists(st.text("나b", min_size=1, max_size=3), max_size=4)):
        if data.draw(st.booleans()):
            at = data.draw(st.integers(0, len(before)))
            shared.insert(len(before[:at].encode()), inserted)
            before = before[:at] + inserted + before[at:]
        else:
            at = data.draw(st.integers(0, len(after)))
            shared.insert(len((before + words + after[:at]).encode()), inserted)
            after = after[:at] + inserted + after[at:]
    assert str(shared) == before + words + after
    assert shown(doc, (start, end)) == words
