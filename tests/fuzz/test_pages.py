"""Every page and form, with hostile paths, queries, fields, headers and bodies: no page falls over.

The routes come from the resolver: a new page is tried without being named here."""

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from random import Random
from typing import Any

from django.test import Client
from django.urls import URLResolver, get_resolver

from accounts.models import User
from tests.fuzz import hostile

ROUNDS = max(1, int(os.environ.get("FUZZ_FRAMES", "3000")) // 20_000)
SEED = int(os.environ.get("FUZZ_SEED", "1"))

PARAMETER = re.compile(r"<(?:\w+:)?\w+>|\(\?P<\w+>(?:\[[^]]*\]|[^()])*\)")
FIELD = re.compile(rb'name="([^"]+)"')


def routes(resolver: URLResolver | None = None, before: str = "/") -> Iterator[str]:
    """Each as a pattern, with its parameters in it."""
    for pattern in (resolver or get_resolver()).url_patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, path)
        else:
            yield path


def path_of(route: str, random: Random) -> str:
    """A path to it: ids that exist, ids that do not, and what is no id."""

    def parameter(_: "re.Match[str]") -> str:
        values = ["1", "2", "0", "9" * 30, "x", "a-b", "a" * 32, hostile.text(random)[:60]]
        return random.choice(values).replace("?", "").replace("#", "")

    path = PARAMETER.sub(parameter, route)
    return re.sub(r"\\.|[$^]", "", path) if "(?P" in route or "^" in route else path


class Visitor:
    def __init__(self, random: Random, people: list[User]) -> None:
        self.random, self.people = random, people
        self.statuses: Counter[int] = Counter()
        self.handler = Client().handler  # loading the middleware takes longer than a page

    def visit(self, route: str) -> None:
        """Look, then send the page's form back with anything in it."""
        client, path = self.enter(), path_of(route, self.random)
        page = self.ask(client.get, path, self.fields(["q", "p", "next", "page", "o"]))
        names = [name.decode() for name in FIELD.findall(page.content)] if page else []
        send = self.random.choice([self.form, self.form, self.form, self.body])
        send(self.enter(), path, names or ["name", "next", "action"])

    def enter(self) -> Client:
        client = Client(headers=self.headers())
        client.handler = self.handler
        who = self.random.choice([None, *self.people])
        if who is not None:
            client.force_login(who)
        return client

    def form(self, client: Client, path: str, names: list[str]) -> None:
        self.ask(client.post, path, self.fields(names))

    def body(self, client: Client, path: str, names: list[str]) -> None:
        kinds = ["application/json", "multipart/form-data; boundary=x", "text/plain", "", "x"]
        data = self.random.choice([b"", b"{", b"--x\r\n", self.random.randbytes(80)])
        post = partial(client.post, content_type=self.random.choice(kinds))
        self.ask(post, path, data)

    def fields(self, names: list[str]) -> dict[str, Any]:
        chosen = [name for name in names if self.random.random() < 0.8]
        return {name: self.random.choice([self.word, self.words])() for name in chosen}

    def word(self) -> str:
        if self.random.random() < 0.3:
            return self.random.choice(["1", "on", "bob", "bob@example.com", "2026-01-01", "en"])
        return hostile.text(self.random)[:3_000]

    def words(self) -> list[str]:
        return [self.word() for _ in range(self.random.randrange(3))]

    def headers(self) -> dict[str, str]:
        names = ["Accept-Language", "Accept", "User-Agent", "Referer", "X-Forwarded-For"]
        chosen = [name for name in names if self.random.random() < 0.3]
        # A server hands on no other characters in a header.
        values = [hostile.text(self.random)[:300] for _ in chosen]
        return {
            name: value.encode().decode("latin-1").replace("\r", "").replace("\n", "")
            for name, value in zip(chosen, values, strict=True)
        }

    def ask(self, method: Any, path: str, data: Any) -> Any:
        try:
            response = method(path, data)
        except Exception as error:
            error.add_note(f"seed {SEED}: {path!r} {data!r}")
            raise
        assert response.status_code < 500, f"seed {SEED}: {path!r} {data!r}"
        self.statuses[response.status_code] += 1
        return None if response.streaming else response


def test_every_page(
    make_user: Callable[..., User], settings: Any, tell: Callable[[str], None]
) -> None:
    settings.LOGIN_TRIES_PER_NAME_AND_MINUTE = settings.LOGIN_TRIES_PER_ADDRESS_AND_MINUTE = 10**9
    people = [make_user("bob"), make_user("sam", is_staff=True, is_superuser=True)]
    visitor = Visitor(Random(SEED), people)
    found = list(routes())
    assert "/c/<int:channel>" in found
    for _ in range(ROUNDS):
        for route in found:
            visitor.visit(route)
    told = ", ".join(f"{status} {number:,}" for status, number in visitor.statuses.most_common())
    tell(f"seed {SEED}: {len(found)} pages, {visitor.statuses.total():,} requests: {told}")
    assert {200, 302, 404} <= set(visitor.statuses)
