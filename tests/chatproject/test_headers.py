"""What every page sends along to protect who looks at it."""

from django.test import Client


def policy(response: object) -> dict[str, list[str]]:
    header: str = response.headers["Content-Security-Policy"]  # type: ignore[attr-defined]
    return {name: values for name, *values in (part.split() for part in header.split("; "))}


def test_a_page_runs_only_our_own_scripts(db: None) -> None:
    directives = policy(Client().get("/accounts/login/"))
    assert not {"'unsafe-inline'", "'unsafe-eval'"} & set(directives["script-src"])
    assert directives["object-src"] == ["'none'"]
    assert directives["frame-ancestors"] == ["'none'"]


def test_only_the_admin_may_evaluate(db: None) -> None:
    assert "'unsafe-eval'" in policy(Client().get("/admin/login/"))["script-src"]
    assert "'unsafe-eval'" not in policy(Client().get("/administrator/"))["script-src"]


def test_pages_keep_to_themselves(db: None) -> None:
    headers = Client().get("/accounts/login/").headers
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in headers["Permissions-Policy"]
