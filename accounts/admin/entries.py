"""The audit log in the admin: read, searched, never changed."""

import json
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin.base import ReadOnlyAdmin
from audit.models import Entry

AREAS = (
    "admin", "announcement", "channel", "console", "document", "email", "invitation", "member",
    "message", "password", "second-factor", "session", "token", "user",
)  # fmt: skip


class AreaFilter(admin.SimpleListFilter):
    """By what stands before the dot. A list of all actions would have to read all entries."""

    title = _("area")
    parameter_name = "area"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(area, area) for area in AREAS]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Entry]) -> QuerySet[Entry]:
        area = self.value()
        return queryset.filter(action__startswith=f"{area}.") if area else queryset


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin):
    list_display = ("number", "time", "actor_name", "action", "subject", "told", "address")
    list_filter = (AreaFilter, "time")
    search_fields = ("actor_name", "action", "subject", "address")
    ordering = ("-number",)

    @admin.display(description=_("details"))
    def told(self, entry: Entry) -> str:
        return json.dumps(entry.details, ensure_ascii=False) if entry.details else ""
