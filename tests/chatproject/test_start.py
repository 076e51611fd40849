"""With DEBUG off nothing starts on a missing or unsafe setting, and the reason is told."""

import os
import secrets
import subprocess
import sys

import pytest
from pytest_django import Settings

from chatproject.checks import check_production
from tests.servers import PROJECT

PRODUCTION = {
    "DEBUG": "false",
    "SECRET_KEY": secrets.token_urlsafe(50),
    "ALLOWED_HOSTS": "chat.example.com",
}


def manage(*command: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=PROJECT,
        env={**os.environ, "DATABASE_URL": "sqlite://:memory:", **settings},
        capture_output=True,
        text=True,
    )


def test_production_settings_pass_djangos_deployment_checks() -> None:
    done = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert done.returncode == 0, done.stderr


def test_a_start_without_settings_says_everything_that_is_missing() -> None:
    done = manage("serve", DEBUG="false")
    assert done.returncode != 0
    assert "SECRET_KEY is not set" in done.stderr
    assert "ALLOWED_HOSTS is not set" in done.stderr


def test_several_workers_need_redis() -> None:
    done = manage("serve", "--workers", "2", **PRODUCTION)
    assert done.returncode != 0
    assert "REDIS_URL" in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("SECRET_KEY", "", "is not set"),
        ("SECRET_KEY", "only-for-development", "is the one for development"),
        ("SECRET_KEY", "short", "is too easy to guess"),
        ("SECRET_KEY", "a" * 60, "is too easy to guess"),
        ("ALLOWED_HOSTS", [], "is not set"),
        ("ALLOWED_HOSTS", ["chat.example.com", "*"], "allows every host"),
        ("SECRET_KEY_FALLBACKS", ["only-for-development"], "holds one that is the one for"),
        ("SECRET_KEY_FALLBACKS", ["short"], "holds one that is too easy to guess"),
    ],
)
def test_an_unsafe_setting_is_refused(
    settings: Settings, name: str, value: object, reason: str
) -> None:
    settings.DEBUG = False
    settings.SECRET_KEY = PRODUCTION["SECRET_KEY"]
    settings.ALLOWED_HOSTS = ["chat.example.com"]
    settings.SESSION_COOKIE_SECURE = True
    assert check_production(None) == []
    setattr(settings, name, value)
    [problem] = check_production(None)
    assert problem.is_serious()
    assert f"{name} {reason}" in problem.msg


def test_without_https_it_starts_for_this_machine_alone(settings: Settings) -> None:
    settings.DEBUG = False
    settings.SECRET_KEY = PRODUCTION["SECRET_KEY"]
    settings.SESSION_COOKIE_SECURE = False
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
    assert check_production(None) == []
    settings.ALLOWED_HOSTS = ["127.0.0.1", "chat.example.com"]
    [problem] = check_production(None)
    assert "HTTPS is off" in problem.msg
