"""The oldest versions that may be installed: each is the one that closed a known hole which a chat
server that faces the world would have."""

from importlib.metadata import version

import pytest
from packaging.version import Version

SAFE_SINCE = {
    "argon2-cffi": ("23.1.0", "the parameters of RFC 9106"),
    "certifi": ("2024.7.4", "CVE-2024-39689: roots that were withdrawn"),
    "channels": ("4.2.0", "the last line that is maintained"),
    "cryptography": ("44.0.1", "CVE-2024-12797: OpenSSL"),
    "daphne": ("4.2.2", "limits on frames before they are read"),
    "django": ("5.2.8", "CVE-2025-64459: SQL injection through Q objects"),
    "django-allauth": ("65.13.0", "CVE-2025-65430, CVE-2025-65431: identities of providers"),
    "fido2": ("2.0.0", "the checks of WebAuthn level 2"),
    "h11": ("0.16.0", "CVE-2025-43859: request smuggling"),
    "idna": ("3.7", "CVE-2024-3651: quadratic time"),
    "markdown-it-py": ("2.2.0", "CVE-2023-26303: crash of the parser"),
    "nh3": ("0.2.18", "ammonia 4: mutation XSS"),
    "pillow": ("11.3.0", "CVE-2025-48379: buffer overflow"),
    "pygments": ("2.15.1", "CVE-2022-40896: regular expressions without end"),
    "pyjwt": ("2.10.1", "CVE-2024-53861: partial comparison of the issuer"),
    "redis": ("5.0.0", "CVE-2023-28858: answers of another request"),
    "requests": ("2.32.4", "CVE-2024-47081: .netrc told to others"),
    "sqlparse": ("0.5.0", "CVE-2024-4340: recursion without end"),
    "twisted": ("24.7.0", "CVE-2024-41671: answers out of order"),
    "urllib3": ("2.6.0", "CVE-2025-66418: decompression without end"),
    "uvicorn": ("0.34.0", "the line whose protocol classes ours are made of"),
    "websockets": ("15.0", "the sans-io layer that is hardened here"),
}


@pytest.mark.parametrize("name", SAFE_SINCE)
def test_no_package_has_a_hole_that_is_known(name: str) -> None:
    least, why = SAFE_SINCE[name]
    assert Version(version(name)) >= Version(least), why
