"""From where the request that is being carried out came: set by the two doors, pages and sockets,
read by what notes it down. It follows the request onto the database's threads."""

from contextvars import ContextVar

address: ContextVar[str] = ContextVar("address", default="")
