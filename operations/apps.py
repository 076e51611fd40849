from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OperationsConfig(AppConfig):
    name = "operations"
    verbose_name = _("Operations")

    def ready(self) -> None:
        from chat import reference
        from chat.queries.personal import Notices, notices
        from operations import (  # noqa: F401 - they join
            member_wire,
            orders,
            pulse,
            requests,
            sql_comments,
            tracing,
        )
        from operations.announcing import pending_frames, pending_statement
        from operations.reference import console_chapter
        from realtime import worker

        sql_comments.connect()
        tracing.configure()
        worker.companions.append(pulse.start)
        notices.append(Notices(pending_statement, pending_frames))
        reference.wires.append(member_wire)
        reference.chapters.append(console_chapter)
