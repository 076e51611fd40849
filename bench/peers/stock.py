"""What Django and Channels give by themselves for storing messages: one ORM insert per request."""

import sys
from collections.abc import Mapping

from bench.load import Line
from bench.peers import Peer
from tests.servers import Postgres


class StockInsert(Peer):
    name = "one ORM insert per request"
    program = [
        *(sys.executable, "-m", "uvicorn", "--port", "{port}", "--loop", "uvloop"),
        *("--log-level", "warning", "orm_insert:application"),
    ]
    message = '{"text":"Shall we meet at noon in front of the station? STAMP"}'

    def __init__(self, postgres: Postgres) -> None:
        super().__init__(None)
        self.database = postgres.create_database("stock")

    def environment(self) -> Mapping[str, str]:
        return {**super().environment(), "DATABASE_URL": self.database}

    def room(self, sockets: int) -> list[Line]:
        return [*super().room(sockets), ("ack", '{"id"')]
