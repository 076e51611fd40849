"""What a text, a client_id and an id may be."""

import unicodedata

import pytest
import regex  # type: ignore[import-untyped]
from pydantic import ValidationError as InvalidFrame

from accounts.models import User
from accounts.text import graphemes
from chat import wire
from chat.actions import messages
from chat.models import Channel

pytestmark = pytest.mark.django_db


def frame(text: str, **fields: object) -> wire.SendMessage:
    data = {"channel": 1, "text": text, "client_id": "1", **fields}
    return wire.SendMessage.model_validate(data)


def test_text_is_composed() -> None:
    decomposed = unicodedata.normalize("NFD", "한글")
    assert decomposed != "한글"

    assert frame(decomposed).text == "한글"


def test_the_limit_counts_characters() -> None:
    assert len(frame("가" * 20_000).text) == 20_000
    with pytest.raises(InvalidFrame):
        frame("가" * 20_001)
    family = "\N{MAN}\N{ZERO WIDTH JOINER}\N{GIRL}"
    assert len(frame("🇰🇷" * 20_000).text) == 40_000
    assert frame(family * 20_000).text == family * 20_000
    with pytest.raises(InvalidFrame):
        frame("🇰🇷" * 20_001)


FLAG = "🇰🇷"


@pytest.mark.parametrize("around", ["{}", "\u0301{}", "{}\u200d", "\u0600{}\u0903", "a{}\u1f3fd"])
@pytest.mark.parametrize("letters", range(6))
def test_flags_are_counted_as_everything_is(around: str, letters: int) -> None:
    row = (FLAG * 3)[:letters]
    text = "\n".join([around.format(row), f"{row}\u0301{row}", f"{row}\u200d{row}"])
    assert graphemes(text) == len(regex.findall(r"\X", text))


def test_a_flood_of_flags_is_counted_at_once() -> None:
    assert graphemes(FLAG * 1_000_000) == 1_000_000  # \X alone takes hours


@pytest.mark.parametrize("text", ["", "   ", "\n\t\n", "\u3000"])
def test_empty_text_is_refused(text: str) -> None:
    with pytest.raises(InvalidFrame):
        frame(text)


def test_a_nul_is_replaced_and_a_lone_surrogate_refused() -> None:
    assert frame("a\x00b").text == "a\N{REPLACEMENT CHARACTER}b"
    with pytest.raises(InvalidFrame):
        frame("a\ud800b")


@pytest.mark.parametrize("client_id", ["", "x" * 65, "a\x00", "\ud800", 7, None])
def test_a_client_id_is_1_to_64_characters(client_id: object) -> None:
    with pytest.raises(InvalidFrame):
        frame("hi", client_id=client_id)


def test_a_client_id_comes_back_as_it_was(alice: User, general: Channel) -> None:
    odd = unicodedata.normalize("NFD", "한") + " 🎈"

    assert (
        messages.send_message(alice, channel_id=general.pk, text="x", client_id=odd).client_id
        == odd
    )


@pytest.mark.parametrize("value", [True, "1", 1.0, 0, -1, 2**63])
def test_an_id_is_a_positive_64_bit_integer(value: object) -> None:
    with pytest.raises(InvalidFrame):
        frame("hi", channel=value)
