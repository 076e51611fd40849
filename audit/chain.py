"""How entries hang together: what is hashed, and the lock that lets one at a time be the last."""

import hashlib
import json
from datetime import UTC

from django.db import connection

from audit.models import Entry

GENESIS = "0" * 64  # what the first entry holds as the hash before it

# Any number that nobody else in this database locks: the bytes of "audit".
LOCK = int.from_bytes(b"audit")


def hash_of(entry: Entry) -> str:
    """SHA-256 over one JSON array. Its form is fixed: entries of years ago are verified by it."""
    time = entry.time.astimezone(UTC).isoformat(timespec="microseconds")
    fields = [
        entry.number,
        time,
        entry.actor_id,
        entry.actor_name,
        entry.action,
        entry.subject,
        entry.details,
        entry.address,
        entry.previous_hash,
    ]
    encoded = json.dumps(fields, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(encoded.encode()).hexdigest()


def lock() -> None:
    """Until the end of the transaction. SQLite has locked at its beginning already: it writes one
    transaction after the other."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
