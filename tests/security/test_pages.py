"""Every URL × {anonymous, outsider, ex-member, guest, member, staff, owner, shut out}: the table in
doors.py, and no door without a row in it."""

from copy import copy

import pytest
from django.db import transaction

from tests.security.doors import ROWS
from tests.security.world import OUTSIDE, SECRET, VISITORS, World, outcome, routes

EXPECTED = {route: (got, posted) for got, posted, patterns in ROWS for route in patterns}


@pytest.fixture
def world(db: None) -> World:
    return World.make()


def test_every_door_has_a_row_and_every_row_a_door() -> None:
    assert sorted(EXPECTED) == sorted({*routes()})
    assert len(EXPECTED) == sum(len(patterns) for _, _, patterns in ROWS)


def test_everybody_meets_what_the_table_says(world: World) -> None:
    wrong = {}
    for route, expected in EXPECTED.items():
        found = tuple(
            " ".join(met(world, who, method, route) for who in VISITORS) for method in METHODS
        )
        if found != expected:
            wrong[route] = found
    assert wrong == {}


METHODS = ("get", "post")


def met(world: World, who: str, method: str, route: str) -> str:
    """Without a trace: what the visit changed is rolled back, and the browser forgets it."""
    browser = world.browsers[who]
    cookies = copy(browser.cookies)
    before = transaction.savepoint()
    try:
        answer = getattr(browser, method)(world.path(route))
        world.seen = "" if answer.streaming else answer.content.decode(errors="replace")
        return outcome(answer)
    finally:
        transaction.savepoint_rollback(before)
        browser.cookies = cookies


OF_THE_MEMBER = {"settings/tokens/<int:token_id>/revoke/": "404"}


def test_who_is_outside_meets_what_any_member_meets_and_sees_nothing_of_it(world: World) -> None:
    assert SECRET in world.browsers["member"].get(world.path("c/<int:channel>")).content.decode()
    wrong = {}
    for route, lines in EXPECTED.items():
        # Into the admin nobody comes without being of the staff.
        expected = [line.split()[VISITORS.index("member")] for line in lines]
        if route in OF_THE_MEMBER:
            expected[1] = OF_THE_MEMBER[route]
        for who in () if route.startswith("admin/") else OUTSIDE:
            found = [met(world, who, method, route) for method in METHODS]
            if found != expected or SECRET in world.seen:
                wrong[who, route] = found, SECRET in world.seen
    assert wrong == {}


def test_nobody_without_rights_comes_into_the_admin() -> None:
    """Read from the table itself: what a careless new row would say."""
    for route, (got, posted) in EXPECTED.items():
        if route.startswith("admin/"):
            for line in (got, posted):
                anonymous, member, staff, _, banned = line.split()
                assert {anonymous, member, banned}.isdisjoint({"in"}), route
                assert staff != "in" or route in HARMLESS, route


HARMLESS = {
    "admin/",
    "admin/jsi18n/",
    "admin/live/",  # what it shows comes over the socket, by rights
    "admin/login/",
    "admin/logout/",
    "admin/password_change/",
    "admin/password_change/done/",
    "admin/search/",
}


def test_who_is_shut_out_meets_what_a_stranger_meets() -> None:
    for route, lines in EXPECTED.items():
        for line in lines:
            anonymous, *_, banned = line.split()
            assert anonymous == banned, route
