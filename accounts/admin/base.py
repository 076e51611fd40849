"""What every admin page of ours has in common."""

from typing import Any

from django.http import HttpRequest
from unfold.admin import ModelAdmin

from accounts.paginator import BoundedPaginator


class QuickAdmin(ModelAdmin):
    """Fast over millions of rows: no count of the whole table, fifty rows a page."""

    paginator = BoundedPaginator
    show_full_result_count = False
    list_per_page = 50


class ReadOnlyAdmin(QuickAdmin):
    """For rows that only the system writes."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
