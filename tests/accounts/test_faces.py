"""Who has no picture has the same face on every page, in the chat and outside of it."""

import pytest

from accounts.templatetags.people import initials


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("김철수", "철수"),
        ("하루", "하루"),
        ("Dana Mary Whitfield", "DW"),
        ("까치 (빌드 알림)", "까치"),
        ("bob", "B"),
        ("🙂", "?"),
    ],
)
def test_initials_are_those_of_the_chat(name: str, letters: str) -> None:
    assert initials(name) == letters
