"""In which language somebody at a socket is spoken to."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from django.conf import settings
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from realtime.origins import header

if TYPE_CHECKING:
    from realtime.consumer import SocketConsumer

T = TypeVar("T")


def in_language(language: str, call: Callable[[], T]) -> T:
    with translation.override(language):
        return call()


def language_of(socket: "SocketConsumer") -> str:
    """Of the user; otherwise of the browser, as for a page."""
    if socket.user.language:
        return str(socket.user.language)
    accepted = header(socket.scope["headers"], b"accept-language") or ""
    for code, _quality in parse_accept_lang_header(accepted):
        try:
            return translation.get_supported_language_variant(code)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE
