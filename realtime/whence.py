"""From where the request that is being carried out came: set by the two doors, pages and sockets,
for the audit log, the log and SQL, and for what all sockets of a user but this one are told. It
follows the request onto the database's threads."""

from contextvars import ContextVar

address: ContextVar[str] = ContextVar("address", default="")
connection: ContextVar[str] = ContextVar("connection", default="")
request: ContextVar[str] = ContextVar("request", default="")
