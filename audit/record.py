"""Writing an entry, inside the transaction of what it tells: either both happened or neither.

Call it last: the chain stays locked until the commit, and who holds it should wait for nobody.
"""

import logging
from collections.abc import Mapping
from functools import partial
from typing import Protocol

from django.db import models, transaction
from django.utils import timezone

from audit.chain import GENESIS, hash_of, lock
from audit.models import Entry
from realtime import whence

logger = logging.getLogger(__name__)

Value = str | int | bool | None | list[str] | list[int]


class Actor(Protocol):
    @property
    def pk(self) -> int | None: ...

    @property
    def username(self) -> str: ...


def record(
    actor: Actor | None,
    action: str,
    subject: models.Model | str = "",
    details: Mapping[str, Value] | None = None,
) -> None:
    """`actor`: None for a stranger or the machine; `action`: `token.created`; `details`: what
    changed, never a secret or what somebody wrote."""
    entry = Entry(
        time=timezone.now(),
        actor_id=actor.pk if actor else None,
        actor_name=_clean(actor.username if actor else "", 150),
        action=action,
        subject=_clean(subject if isinstance(subject, str) else name_of(subject), 200),
        details={key: _clean_value(value) for key, value in (details or {}).items()},
        address=_clean(whence.address.get(), 45),
    )
    with transaction.atomic():
        _append(entry)
    # Where the log is kept elsewhere, it can prove what stood here.
    told = "Audit entry %d: %s, hash %s"
    transaction.on_commit(partial(logger.info, told, entry.number, entry.action, entry.hash))


def name_of(thing: models.Model) -> str:
    """ "user 3: alice"; of what has no name worth telling, "message 12"."""
    name = getattr(thing, "username", None) or getattr(thing, "name", "")
    kind = f"{thing._meta.verbose_name_raw} {thing.pk}"
    return f"{kind}: {name}" if name else kind


def _append(entry: Entry) -> None:
    lock()
    last = Entry.objects.order_by("-number").values_list("number", "hash").first()
    number, entry.previous_hash = last or (0, GENESIS)
    entry.number = number + 1
    entry.hash = hash_of(entry)
    entry.save()


def _clean_value(value: Value) -> Value:
    return _clean(value, 500) if isinstance(value, str) else value


def _clean(text: str, length: int) -> str:
    """What every database gives back unchanged: Postgres refuses NUL, UTF-8 half a pair."""
    return text.replace("\0", "\ufffd").encode(errors="replace").decode()[:length]
