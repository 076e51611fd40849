"""Making and recognising the secrets of AccessToken and Invitation."""

import hashlib
import secrets
from typing import NamedTuple


class NewSecret(NamedTuple):
    plain: str
    hash: str
    prefix: str


def new_secret(kind: str = "") -> NewSecret:
    """`kind` stands in front, so that people and scanners recognise a leaked one."""
    plain = kind + secrets.token_urlsafe(32)
    return NewSecret(plain, hash_secret(plain), plain[: len(kind) + 4])


def hash_secret(plain: str) -> str:
    return hashlib.sha256(plain.encode()).hexdigest()
