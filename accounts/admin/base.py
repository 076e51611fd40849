"""What every admin page of ours has in common: it is quick, and what is done there is noted."""

import json
from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from accounts.paginator import BoundedPaginator
from accounts.views.people import person_of
from audit.record import record


class QuickAdmin(ModelAdmin):
    """Fast over millions of rows: no count of the whole table, fifty rows a page."""

    paginator = BoundedPaginator
    show_full_result_count = False
    list_per_page = 50

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        record(person_of(request), "admin.added", obj)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        fields = message if isinstance(message, str) else json.dumps(message)
        record(person_of(request), "admin.changed", obj, {"change": fields})
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: Iterable[Model]) -> Any:
        for obj in queryset:
            record(person_of(request), "admin.deleted", obj)
        return super().log_deletions(request, queryset)


class ReadOnlyAdmin(QuickAdmin):
    """For rows that only the system writes, and that go by its actions: these close sockets."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
