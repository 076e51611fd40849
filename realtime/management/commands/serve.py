"""`manage.py serve`: the production start."""

import socket
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from realtime import server
from realtime.supervisor import Supervisor

BACKLOG = 2048


class Command(BaseCommand):
    help = "Serves pages and sockets, with one worker or many."
    requires_system_checks = "__all__"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=1, help="processes; needs REDIS_URL")
        parser.add_argument("--fd", type=int, help="an inherited socket to serve instead")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["workers"] > 1 and not settings.REDIS_URL:
            raise CommandError("Several workers need Redis: set REDIS_URL.")
        if options["fd"] is not None:
            server.run(socket.socket(fileno=options["fd"]))
            return
        with _listener(options["host"], options["port"]) as listener:
            if options["workers"] == 1:
                server.run(listener)
            else:
                Supervisor(listener, options["workers"]).run()


def _listener(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        raise CommandError(f"Cannot listen on {host}:{port}: {error.strerror}.") from error
