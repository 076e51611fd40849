"""Spans, for a tracer that the project may set: of each request, each batch, each publication.

Without one a span is a context manager that does nothing.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

Tracer = Callable[[str, dict[str, str | int]], AbstractContextManager[Any]]

NOTHING: AbstractContextManager[Any] = nullcontext()

tracer: Tracer | None = None


def span(name: str, **attributes: str | int) -> AbstractContextManager[Any]:
    return NOTHING if tracer is None else tracer(name, attributes)
