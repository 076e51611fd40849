"""What of the admin's permissions each command asks for. Superusers have them all."""

PERMISSIONS = {
    "announce": "operations.add_announcement",
    "remind-announcement": "operations.add_announcement",
    "withdraw-announcement": "operations.add_announcement",
    "disconnect-user": "accounts.change_user",
    "ban-user": "accounts.change_user",
    "unban-user": "accounts.change_user",
    "archive-channel": "chat.change_channel",
    "maintenance": "operations.change_closure",
    "clear-rate-limits": "accounts.delete_loginattempt",
    "drain-worker": "operations.direct_workers",
    "log-level": "operations.direct_workers",
}
