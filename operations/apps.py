from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "operations"

    def ready(self) -> None:
        from chat import reference
        from operations import (  # noqa: F401 - they join
            member_wire,
            orders,
            pulse,
            requests,
            sql_comments,
            tracing,
        )
        from realtime import worker

        sql_comments.connect()
        tracing.configure()
        worker.companions.append(pulse.start)
        reference.wires.append(member_wire)
