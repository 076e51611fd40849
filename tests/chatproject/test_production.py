"""Maru as an administrator starts it: DEBUG off, and TLS ends at a proxy in front."""

import gzip
import http.client
import json
import secrets
from collections.abc import Iterator

import pytest

from tests.servers import PROJECT, Worker

HOST = "chat.example.com"
BEHIND_THE_PROXY = {"Host": HOST, "X-Forwarded-Proto": "https"}


@pytest.fixture(scope="module")
def production() -> Iterator[Worker]:
    key = secrets.token_urlsafe(50)
    worker = Worker(DEBUG="false", SECRET_KEY=key, ALLOWED_HOSTS=HOST)
    worker.manage("migrate", "--verbosity", "0")
    worker.manage("collectstatic", "--no-input")
    with worker:
        yield worker


def get(worker: Worker, path: str, headers: dict[str, str]) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", worker.port, timeout=60)
    connection.request("GET", path, headers=headers)
    return connection.getresponse()


def built(source: str) -> str:
    manifest = json.loads((PROJECT / "frontend/dist/manifest.json").read_text())
    return f"/static/{manifest[source]['file']}"


def test_plain_http_is_sent_to_https(production: Worker) -> None:
    answer = get(production, "/accounts/login/", {"Host": HOST})
    assert answer.status == 301
    assert answer.headers["Location"] == f"https://{HOST}/accounts/login/"


def test_behind_the_proxy_cookies_and_pages_stay_on_https(production: Worker) -> None:
    answer = get(production, "/accounts/login/", BEHIND_THE_PROXY)
    assert answer.status == 200
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
    cookies = answer.headers.get_all("Set-Cookie", [])
    assert cookies
    assert all("Secure" in cookie for cookie in cookies)


def test_another_host_is_refused(production: Worker) -> None:
    answer = get(production, "/accounts/login/", {**BEHIND_THE_PROXY, "Host": "evil.example"})
    assert answer.status == 400


def test_browser_code_is_compressed_and_kept_for_ever(production: Worker) -> None:
    headers = {**BEHIND_THE_PROXY, "Accept-Encoding": "gzip"}
    answer = get(production, built("session.ts"), headers)
    assert answer.status == 200
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Access-Control-Allow-Origin"] is None
    assert len(gzip.decompress(answer.read())) > 1000


def test_an_unknown_page_tells_nothing(production: Worker) -> None:
    answer = get(production, "/no/such/page", BEHIND_THE_PROXY)
    assert answer.status == 404
    assert b"urlpatterns" not in answer.read()
