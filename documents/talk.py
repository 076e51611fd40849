"""What is said in the thread of a comment changes the comment for whoever has its document open."""

import logging
from collections.abc import Sequence
from functools import partial

from django.db import Error as DatabaseError

from documents.actions.comments import hear
from documents.batches import thread
from realtime.retry import patiently

logger = logging.getLogger(__name__)


def heard(thread_ids: Sequence[int]) -> None:
    """For chat (see on_talk), whose threads are not to wait for the keeper."""
    thread.submit(_hear, thread_ids)


def _hear(thread_ids: Sequence[int]) -> None:
    try:
        patiently(partial(hear, thread_ids))
    except DatabaseError as error:
        logger.warning("Nobody is told of the comments %s: %s", thread_ids, error)
