"""With SQL_COMMENTS=true every query ends with the name of the request that it belongs to, as
sqlcommenter has it: a slow query in the database's log leads to the lines of our log.

Off by default: no two texts are then the same, and Postgres plans each anew.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from realtime import whence


def connect() -> None:
    if settings.SQL_COMMENTS:
        connection_created.connect(_wrap, dispatch_uid="sql-comments")


def _wrap(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    if comment not in connection.execute_wrappers:
        connection.execute_wrappers.append(comment)


def comment(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    name = whence.request.get()
    if name:
        escaped = quote(name, safe="").replace("%", "%%" if params is not None else "%")
        sql = f"{sql} /*request_id='{escaped}'*/"
    return execute(sql, params, many, context)
