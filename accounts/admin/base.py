"""What every admin page of ours has in common: it is quick, and what is done there is noted."""

import json
from collections.abc import Iterable
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model
from django.forms import ValidationError
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from accounts.avatars import square_avatar
from accounts.paginator import BoundedPaginator
from accounts.views.people import person_of
from audit.record import record
from realtime.errors import InvalidData, TooLarge


class QuickAdmin(ModelAdmin):
    """Fast over millions of rows: no count of the whole table, fifty rows a page."""

    paginator = BoundedPaginator
    show_full_result_count = False
    list_per_page = 50

    def may(self, request: HttpRequest, verb: str) -> bool:
        """By the rights alone, where the forms are closed to everybody."""
        model = self.model._meta
        return request.user.has_perm(f"{model.app_label}.{verb}_{model.model_name}")

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


def drawn_anew(picture: Any) -> Any:
    """Of a form's field: an upload as people's own are drawn, so that what is no fit picture is
    told beside it; anything else as it is."""
    if not isinstance(picture, UploadedFile):
        return picture
    try:
        return square_avatar(picture)
    except (InvalidData, TooLarge) as error:
        raise ValidationError(error.message) from None


class ReadOnlyAdmin(QuickAdmin):
    """For rows that only the system writes, and that go by its actions: these close sockets."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
