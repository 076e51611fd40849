"""Documents in the admin: found, looked at, put away and taken out again. What is written in them
is changed by those who write, never here; the bytes of Yjs are shown nowhere.
"""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.contrib.filters.admin import AutocompleteSelectFilter

from accounts.views.people import person_of
from chat.admin import KeptAdmin, ids_of
from documents.actions.moderation import archive_documents
from documents.models import Comment, Document, DocumentVersion


class LookedAtAdmin(KeptAdmin):
    """Rows that nobody changes here."""

    ordering = ("-pk",)
    list_filter_submit = True

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Document)
class DocumentAdmin(LookedAtAdmin):
    list_display = ("title", "place", "created_by", "updated_at", "version", "archived")
    list_filter = (
        "archived",
        ("channel", AutocompleteSelectFilter),
        ("created_by", AutocompleteSelectFilter),
    )
    search_fields = ("title",)
    search_help_text = _("A part of the title")
    fields = (
        ("title", "archived"),
        ("channel", "parent"),
        ("created_by", "created_at", "updated_at"),
        ("version", "snapshot_size", "updates_size"),
    )
    actions = ("archive", "reopen")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Document]:
        """No joins, as for messages."""
        return super().get_queryset(request).prefetch_related("channel", "created_by")

    @admin.display(description=_("channel"))
    def place(self, document: Document) -> str:
        return str(document.channel)

    @admin.action(description=_("Archive"), permissions=["archive"])
    def archive(self, request: HttpRequest, queryset: QuerySet[Document]) -> None:
        count = self._archive(request, queryset, archived=True)
        done = ngettext("%d document is archived.", "%d documents are archived.", count)
        self.tell(request, done, count)

    @admin.action(description=_("Open again"), permissions=["archive"])
    def reopen(self, request: HttpRequest, queryset: QuerySet[Document]) -> None:
        count = self._archive(request, queryset, archived=False)
        done = ngettext("%d document is open again.", "%d documents are open again.", count)
        self.tell(request, done, count)

    @staticmethod
    def _archive(request: HttpRequest, queryset: QuerySet[Document], *, archived: bool) -> int:
        ids = ids_of(queryset)
        return archive_documents(person_of(request), document_ids=ids, archived=archived)


@admin.register(DocumentVersion)
class DocumentVersionAdmin(LookedAtAdmin):
    list_display = ("name", "document", "user", "timestamp", "version")
    list_filter = (
        ("document", AutocompleteSelectFilter),
        ("user", AutocompleteSelectFilter),
    )
    search_fields = ("name",)
    fields = (("name", "document"), ("user", "timestamp", "version"), "text")

    def get_queryset(self, request: HttpRequest) -> QuerySet[DocumentVersion]:
        return super().get_queryset(request).prefetch_related("document", "user")


@admin.register(Comment)
class CommentAdmin(LookedAtAdmin):
    list_display = ("id", "document", "user", "quote", "timestamp", "resolved")
    list_display_links = ("id", "quote")
    list_filter = (
        "resolved",
        ("document", AutocompleteSelectFilter),
        ("user", AutocompleteSelectFilter),
    )
    search_fields = ("quote",)
    search_help_text = _("A part of the text that is commented on")
    fields = (("document", "user"), "quote", ("timestamp", "resolved"), "thread")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Comment]:
        return super().get_queryset(request).prefetch_related("document", "user")
