"""A new password ends every session but the one that set it."""

from accounts.actions.epochs import step_epoch
from accounts.actions.sessions import end_sessions
from accounts.audited import door
from accounts.models import User
from audit.record import record
from realtime import publish
from realtime.envelope import CloseCode


def end_sessions_of_old_password(
    actor: User | None, *, user: User, old_name: str, except_name: str
) -> None:
    """`actor`: None who followed a link in a mail. `old_name`: what the sockets are called that
    logged in with the old password."""
    end_sessions(actor, user=user, except_name=except_name)
    publish.disconnect(CloseCode.REVOKED, session_key=old_name)
    step_epoch([user.pk])
    record(actor, "password.changed", user, door())
