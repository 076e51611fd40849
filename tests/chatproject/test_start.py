"""With DEBUG off nothing starts on a missing or unsafe setting, and the reason is told."""

import os
import secrets
import subprocess
import sys

import pytest

from tests.servers import PROJECT

PRODUCTION = {
    "DEBUG": "false",
    "SECRET_KEY": secrets.token_urlsafe(50),
    "ALLOWED_HOSTS": "chat.example.com",
}


def manage(*command: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DATABASE_URL": "sqlite://:memory:", **settings}
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
    )


def test_production_settings_pass_djangos_deployment_checks() -> None:
    done = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("SECRET_KEY", "", "SECRET_KEY is not set"),
        ("SECRET_KEY", "only-for-development", "SECRET_KEY is the one for development"),
        ("SECRET_KEY", "short", "SECRET_KEY is too easy to guess"),
        ("SECRET_KEY", "a" * 60, "SECRET_KEY is too easy to guess"),
        ("ALLOWED_HOSTS", "", "ALLOWED_HOSTS is not set"),
        ("ALLOWED_HOSTS", "chat.example.com,*", "ALLOWED_HOSTS allows every host"),
    ],
)
def test_an_unsafe_setting_stops_the_start(name: str, value: str, reason: str) -> None:
    done = manage("serve", **{**PRODUCTION, name: value})
    assert done.returncode != 0
    assert reason in done.stderr


def test_several_workers_need_redis() -> None:
    done = manage("serve", "--workers", "2", **PRODUCTION)
    assert done.returncode != 0
    assert "REDIS_URL" in done.stderr
