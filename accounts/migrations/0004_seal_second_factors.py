"""Seals the secrets of authenticator apps and recovery codes that were stored in the clear."""

from collections.abc import Callable
from typing import Any

from django.db import migrations

from accounts.sealing import SealedMFAAdapter

SECRETS = {"totp": "secret", "recovery_codes": "seed"}


def change(apps: Any, how: Callable[[str], str]) -> None:
    rows = apps.get_model("mfa", "Authenticator").objects.filter(type__in=SECRETS)
    for row in rows:
        name = SECRETS[row.type]
        if name in row.data:
            row.data = {**row.data, name: how(row.data[name])}
            row.save(update_fields=["data"])


def seal(apps: Any, schema_editor: Any) -> None:
    change(apps, SealedMFAAdapter().encrypt)


def open_again(apps: Any, schema_editor: Any) -> None:
    change(apps, SealedMFAAdapter().decrypt)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_keeping"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [migrations.RunPython(seal, open_again)]
