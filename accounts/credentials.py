"""How a socket or a request proves who it is: a session cookie, a password or an access token.

Plain synchronous code for the database's executor. The `session_key` of a credential is the
session's name, which stays while Django cycles the secret key and is safe to pass around; a
password over a socket makes no session, but a name that lives as long as the password.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, NamedTuple

from allauth.account.utils import has_verified_email
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, authenticate
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.actions.log_in import limited_addresses, limited_statement, limited_try
from accounts.models import AccessToken, Session, User
from accounts.secrets import hash_secret
from accounts.sessions import DEVICE, SessionStore, password_session
from accounts.uses import WRITE_SECONDS, uses
from audit.record import record
from realtime.errors import InvalidCredentials
from realtime.statements import (
    Rows,
    Statement,
    carry_out,
    columns,
    instances,
    moment,
    numbers,
    table,
)

Key = tuple[int, str | None, int | None]


@dataclass(frozen=True, slots=True)
class Credential:
    user: User
    session_key: str | None = None
    token_id: int | None = None


def from_handshake(cookies: dict[str, str], authorization: str) -> Credential | None:
    """None when neither is given. A dead cookie is as good as none (its browser is on its way to
    the log-in page); a dead Bearer token is an error, which its program must see."""
    if authorization:
        token = token_in(authorization)
        if token is None:
            raise InvalidCredentials
        return _credential_of_token(token)
    return _credential_of_session(cookies.get(settings.SESSION_COOKIE_NAME, ""))


def token_in(authorization: str) -> str | None:
    """What stands behind "Bearer" in the header."""
    scheme, _, token = authorization.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def from_password(username: str, password: str, *, address: str) -> Credential:
    """Raises InvalidCredentials or RateLimited."""
    with limited_try(name=username, address=address):
        user = authenticate(None, username=username, password=password)
        if not isinstance(user, User):
            raise InvalidCredentials
    if is_mfa_enabled(user):
        # One frame has no room for a second factor, and must not be the way around it.
        raise InvalidCredentials("This account has a second factor: log in with an access token.")
    if must_confirm_address(user):
        raise InvalidCredentials("Confirm your email address first.")
    record(user, "session.logged-in", user, {"door": "socket"})
    return Credential(user, session_key=password_session(user))


def must_confirm_address(user: User) -> bool:
    """Where the pages let nobody in before that."""
    is_mandatory: bool = settings.ACCOUNT_EMAIL_VERIFICATION == "mandatory"
    return is_mandatory and not has_verified_email(user)


def from_token(token: str, *, address: str) -> Credential:
    """Raises InvalidCredentials or RateLimited."""
    with limited_try(name="", address=address):
        return _credential_of_token(token)


class TokenShown(NamedTuple):
    """An access token that somebody comes with; `address` where wrong ones are counted by it."""

    plain: str
    address: str | None = None


def from_tokens(shown: Sequence[TokenShown]) -> list[Credential | None]:
    """Of many who come at once, in one round trip; None for whom `from_handshake` or `from_token`
    has to tell why not."""
    addresses = {each.address for each in shown if each.address is not None}
    tokens = _tokens_statement({each.plain for each in shown})
    rows, *tries = carry_out(tokens, *([limited_statement(addresses)] if addresses else []))
    found = _credentials(rows)
    limited = limited_addresses(tries[0], addresses) if tries else set()
    return [
        None if each.address in limited else found.get(hash_secret(each.plain)) for each in shown
    ]


def still_valid(credentials: Iterable[Key]) -> set[Key]:
    """Those whose user is active and whose session or token, if they have one, still lives."""
    asked = set(credentials)
    by_token = {key for key in asked if key[1] is None and key[2] is not None}
    others = asked - by_token
    sessions = _living_sessions(others) if others else set()
    return (_living_tokens(by_token) if by_token else set()) | sessions


def _living_tokens(asked: set[Key]) -> set[Key]:
    ids = numbers(key[2] for key in asked if key[2] is not None)
    [living] = carry_out(_usable_tokens("token.user_id, token.id", f"token.id IN ({ids})"))
    return {key for key in asked if (key[0], key[2]) in living}


def _living_sessions(asked: set[Key]) -> set[Key]:
    """Of a browser's session or of a password: the session is named after it."""
    users = User.objects.filter(pk__in={key[0] for key in asked}, is_active=True)
    sessions = Session.objects.filter(
        name__in={key[1] for key in asked if key[1]}, expire_date__gt=timezone.now()
    )
    living_users = {user.pk: password_session(user) for user in users.only("password")}
    living_sessions = {*sessions.values_list("user_id", "name"), *living_users.items()}
    return {
        (user, session, token)
        for user, session, token in asked
        if token is None
        and user in living_users
        and (session is None or (user, session) in living_sessions)
    }


def _credential_of_session(key: str) -> Credential | None:
    data = SessionStore(key).load() if key else {}
    if SESSION_KEY not in data or DEVICE not in data:
        return None
    user = User.objects.filter(pk=data[SESSION_KEY], is_active=True).first()
    if user is None or not _is_of_present_password(data.get(HASH_SESSION_KEY, ""), user):
        return None
    return Credential(user, session_key=data[DEVICE]["name"])


def _is_of_present_password(session_hash: str, user: User) -> bool:
    # Not Django's get_user(): after a change of SECRET_KEY that cycles the session's key, and a
    # handshake has no way to tell the browser the new one.
    hashes = [user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()]
    return any(constant_time_compare(session_hash, each) for each in hashes)


def _credential_of_token(plain: str) -> Credential:
    [rows] = carry_out(_tokens_statement({plain}))
    for credential in _credentials(rows).values():
        return credential
    raise InvalidCredentials


def _tokens_statement(plains: Collection[str]) -> Statement:
    """Those of these that one may log in with; `_credentials` reads them."""
    minute_ago = moment(timezone.now() - timedelta(seconds=WRITE_SECONDS))
    fields = f"token.hash, token.id, token.last_used_at >= %s, {columns(User, 'person')}"
    places = ", ".join(["%s"] * len(plains))
    hashes = [hash_secret(plain) for plain in plains]
    return _usable_tokens(fields, f"token.hash IN ({places})", before=[minute_ago], after=hashes)


def _credentials(rows: Rows) -> dict[str, Credential]:
    """By the hash of the token."""
    found: dict[str, Credential] = {}
    for (token_hash, token_id, was_just_used, *_), user in zip(
        rows, instances(User, [row[3:] for row in rows]), strict=True
    ):
        if not was_just_used:
            uses.note(token_id)
        found[token_hash] = Credential(user, token_id=token_id)
    return found


def _usable_tokens(
    fields: str, condition: str, before: Sequence[Any] = (), after: Sequence[Any] = ()
) -> Statement:
    """AccessToken.objects.usable() of people who may log in; `before` and `after`: the values of
    the fields and of the condition. Every program that connects comes by here twice."""
    return (
        f"SELECT {fields} FROM {table(AccessToken)} AS token"  # noqa: S608
        f" JOIN {table(User)} AS person ON person.id = token.user_id"
        " WHERE person.is_active AND token.revoked_at IS NULL"
        f" AND (token.expires_at IS NULL OR token.expires_at > %s) AND {condition}",
        [*before, moment(timezone.now()), *after],
    )
