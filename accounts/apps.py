from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People")

    def ready(self) -> None:
        from accounts import audited, signals, uses  # noqa: F401
        from realtime import worker

        worker.companions.append(uses.keep_writing)
