"""The registry of `/ws/chat/`, which apps above join with their requests, and its limits."""

from django.conf import settings

from realtime.commands import Commands
from realtime.limits import Limit

commands = Commands()

TYPING_SHOWN_SECONDS = 3.0  # at most one event in this time per user and channel

message_limit = Limit(settings.MESSAGES_PER_SECOND, settings.MESSAGES_BURST)
typing_limit = Limit(settings.TYPING_PER_SECOND, max(settings.TYPING_PER_SECOND, 1))
typing_told = Limit(1 / TYPING_SHOWN_SECONDS, 1)
