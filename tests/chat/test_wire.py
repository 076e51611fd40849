"""The frames as they stand on the wire, and the page that tells of them."""

import json
from pathlib import Path

import pytest

from chat import reference as page
from chat.management.commands.protocol import TARGET
from chat.reference import reference
from chat.requests import commands
from realtime.frames import ReadRequest, Request
from tests.chat.examples import EVENTS, GOLDEN, golden_files


def test_the_golden_files_are_what_the_code_says() -> None:
    """If a change is meant: python -m tests.chat.examples"""
    assert {path.name: path.read_text(encoding="utf-8") for path in GOLDEN.iterdir()} == (
        golden_files()
    )


def test_every_event_has_a_golden_file() -> None:
    named = {type(event) for event in EVENTS}

    assert [event.name() for event in page._all_events() if event not in named] == []


def test_times_are_utc_with_milliseconds() -> None:
    frame = json.loads(golden_files()["object-message.json"])

    assert frame["timestamp"] == "2026-11-22T06:05:04.321Z"


def test_the_reference_is_not_stale() -> None:
    """If it is: python manage.py protocol"""
    assert Path(TARGET).read_text(encoding="utf-8") == reference()


@pytest.mark.parametrize("name", sorted(commands.by_name))
def test_every_request_is_in_the_reference(name: str) -> None:
    assert f"### `{name}`" in reference()


def test_everything_in_the_reference_is_explained() -> None:
    kinds = [*page._all_objects(), *page._all_events()]
    kinds += [command.data for command in commands.by_name.values()]

    silent = [kind.__name__ for kind in kinds if not kind.__dict__.get("__doc__")]
    assert silent == []


def test_every_request_has_a_handler() -> None:
    requests = {
        value
        for module in page.wires
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Request)
    }
    assert requests - {Request, ReadRequest} == {
        command.data for command in commands.by_name.values()
    }
