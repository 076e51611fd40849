"""Health and metrics; the name of a request from the frame to the SQL; traces."""

import gzip
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from secrets import token_urlsafe
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser

from accounts.models import User
from operations import sql_comments
from realtime import maintenance, whence
from realtime.worker import Worker as RealtimeWorker
from tests.client import connect
from tests.servers import Worker
from tests.serving import Address


def test_the_worker_says_whether_it_lives_and_is_ready(client: Browser, db: None) -> None:
    assert client.get("/health/live").json() == {"status": "ok"}
    checks = client.get("/health/ready").json()["checks"]
    assert checks == {"database": True, "migrations": True, "serving": True, "redis": True}


async def test_a_worker_that_is_drained_is_not_ready(server: Address, async_client: Any) -> None:
    RealtimeWorker.of_loop().draining = True
    answer = await async_client.get("/health/ready")
    assert (answer.status_code, answer.json()["checks"]["serving"]) == (503, False)


def test_metrics_are_for_this_machine_or_the_token(client: Browser, settings: Any) -> None:
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.1").status_code == 403
    assert client.get("/metrics", HTTP_X_FORWARDED_FOR="192.0.2.1").status_code == 403
    settings.METRICS_TOKEN = "sesame"
    far: Any = {"REMOTE_ADDR": "192.0.2.1"}
    right, wrong = "Bearer sesame", "Bearer simsim"
    assert client.get("/metrics", HTTP_AUTHORIZATION=right, **far).status_code == 200
    assert client.get("/metrics", HTTP_AUTHORIZATION=wrong, **far).status_code == 403


def test_pages_that_write_are_closed_for_maintenance(client: Browser, bob: User) -> None:
    from django.utils import timezone

    client.force_login(bob)
    maintenance.close_at(timezone.now(), "A new disk")
    closed = client.post("/settings/", {})
    assert (closed.status_code, "A new disk" in closed.content.decode()) == (503, True)
    assert client.post("/accounts/login/", {}).status_code != 503


def test_a_request_keeps_the_name_that_a_proxy_gave_it(client: Browser, db: None) -> None:
    named = client.get("/health/live", HTTP_X_REQUEST_ID="edge-7")
    assert named.headers["X-Request-ID"] == "edge-7"
    hostile = client.get("/health/live", HTTP_X_REQUEST_ID="*/ DROP TABLE x")
    assert "DROP" not in hostile.headers["X-Request-ID"]


def test_the_name_of_a_request_ends_its_queries(db: None) -> None:
    seen: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        seen.append(sql)
        return execute(sql, params, many, context)

    token = whence.request.set("a1b2-8")
    with connection.execute_wrapper(sql_comments.comment), connection.execute_wrapper(note):
        User.objects.filter(username="a%b").exists()
    whence.request.reset(token)
    assert seen[0].endswith("/*request_id='a1b2-8'*/")


SPANS = (b"login", b"send-message", b"database batch", b"publish")


class Collector(BaseHTTPRequestHandler):
    bodies: list[bytes] = []
    came = threading.Event()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        zipped = self.headers.get("Content-Encoding") == "gzip"
        self.bodies.append(gzip.decompress(body) if zipped else body)
        self.send_response(200)
        self.end_headers()
        told = b"".join(self.bodies)
        if all(name in told for name in SPANS):
            self.came.set()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def collector() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Collector)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


async def test_traces_and_log_lines_tell_of_a_request(
    start_worker: Callable[..., Worker], collector: str, bob: User, general: Any
) -> None:
    import asyncio

    worker = await asyncio.to_thread(
        start_worker,
        OTEL_EXPORTER_OTLP_ENDPOINT=collector,
        OTEL_BSP_SCHEDULE_DELAY="200",
        DEBUG="false",
        HTTPS="false",
        SECRET_KEY=token_urlsafe(50),
        ALLOWED_HOSTS="127.0.0.1",
        EMAIL_URL="dummymail://",
    )
    async with connect(worker.socket_url) as client:
        await client.login("bob")
        await client.request("send-message", channel=general.pk, text="hi", client_id="1")
        assert await asyncio.to_thread(Collector.came.wait, 60)
        connection_name = client.hello["connection"]
    lines = [json.loads(line) for line in worker.output().splitlines() if line.startswith("{")]
    assert any(line.get("request_id") == f"{connection_name}-1" for line in lines)
