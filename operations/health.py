"""Whether what Maru stands on answers, and how quickly."""

from time import perf_counter
from typing import Any

import redis
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from operations.store import RedisStore, shared_store
from realtime.frames import Frame


class DatabaseHealth(Frame):
    ok: bool
    vendor: str
    milliseconds: float | None
    size_bytes: int | None


class RedisHealth(Frame):
    """`configured` is false where one process serves alone."""

    configured: bool
    ok: bool
    milliseconds: float | None
    version: str
    memory_bytes: int | None
    clients: int | None


SIZE_QUERIES = {
    "postgresql": "SELECT pg_database_size(current_database())",
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
}


def database_health() -> DatabaseHealth:
    began = perf_counter()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            spent = perf_counter() - began
            cursor.execute(SIZE_QUERIES[connection.vendor])
            [size] = cursor.fetchone()
    except DatabaseError:
        return DatabaseHealth(
            ok=False, vendor=connection.vendor, milliseconds=None, size_bytes=None
        )
    return DatabaseHealth(
        ok=True, vendor=connection.vendor, milliseconds=_ms(spent), size_bytes=int(size)
    )


def redis_health() -> RedisHealth:
    store = shared_store()
    if not isinstance(store, RedisStore):
        return _redis(configured=False, ok=True)
    began = perf_counter()
    try:
        store.reader.ping()
        spent = perf_counter() - began
        info: Any = store.reader.info()
    except (redis.RedisError, OSError):
        return _redis(configured=True, ok=False)
    return RedisHealth(
        configured=True,
        ok=True,
        milliseconds=_ms(spent),
        version=str(info["redis_version"]),
        memory_bytes=int(info["used_memory"]),
        clients=int(info["connected_clients"]),
    )


def has_all_migrations() -> bool:
    """False also when the database does not answer."""
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False


def _redis(*, configured: bool, ok: bool) -> RedisHealth:
    return RedisHealth(
        configured=configured, ok=ok, milliseconds=None, version="", memory_bytes=None, clients=None
    )


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 2)
