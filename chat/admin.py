"""Moderation: channels, messages and memberships in the admin. Reading is the admin's own work,
changing goes through the actions, so that clients are told. Nothing is deleted but by them: a row
that is missing would be a gap in its channel.
"""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.contrib.filters.admin import AutocompleteSelectFilter
from unfold.widgets import UnfoldAdminTextInputWidget

from accounts.admin.base import QuickAdmin, drawn_anew
from accounts.models import House
from accounts.views.people import person_of
from chat.actions import moderation
from chat.actions.houses import change_house
from chat.models import Channel, Membership, Message
from realtime.errors import Conflict

TEXT_SHOWN = 100


class KeptAdmin(QuickAdmin):
    """Rows that come and go through the actions only."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_moderate_permission(self, request: HttpRequest) -> bool:
        return self.may(request, "delete")

    def has_archive_permission(self, request: HttpRequest) -> bool:
        return self.may(request, "change")

    def tell(self, request: HttpRequest, done: str, count: int) -> None:
        self.message_user(request, done % count, messages.SUCCESS)


def ids_of(queryset: QuerySet[Any]) -> list[int]:
    return list(queryset.values_list("pk", flat=True))


@admin.register(Channel)
class ChannelAdmin(KeptAdmin):
    list_display = ("__str__", "kind", "topic", "member_count", "last_position", "archived")
    list_filter = ("kind", "posting", "archived", "is_default")
    search_fields = ("name", "topic")
    ordering = ("-pk",)
    fields = (
        ("name", "kind"),
        "topic",
        ("posting", "archived", "is_default"),
        ("member_count", "last_position", "deleted_count", "version"),
        ("created_at", "last_message_at"),
    )
    readonly_fields = (
        "kind", "member_count", "last_position", "deleted_count", "version", "created_at",
        "last_message_at",
    )  # fmt: skip
    actions = ("archive", "reopen")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Direct conversations and threads have nothing to change."""
        named = obj is None or obj.kind in (Channel.Kind.PUBLIC, Channel.Kind.PRIVATE)
        return named and super().has_change_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: Channel, form: Any, change: bool) -> None:
        try:
            moderation.change_channel(person_of(request), obj, columns=form.changed_data)
        except Conflict as error:
            self.message_user(request, error.message, messages.ERROR)

    @admin.action(description=_("Archive"), permissions=["archive"])
    def archive(self, request: HttpRequest, queryset: QuerySet[Channel]) -> None:
        actor = person_of(request)
        count = moderation.archive_channels(actor, channel_ids=ids_of(queryset), archived=True)
        done = ngettext("%d channel is archived.", "%d channels are archived.", count)
        self.tell(request, done, count)

    @admin.action(description=_("Open again"), permissions=["archive"])
    def reopen(self, request: HttpRequest, queryset: QuerySet[Channel]) -> None:
        actor = person_of(request)
        count = moderation.archive_channels(actor, channel_ids=ids_of(queryset), archived=False)
        done = ngettext("%d channel is open again.", "%d channels are open again.", count)
        self.tell(request, done, count)


@admin.register(Message)
class MessageAdmin(KeptAdmin):
    list_display = ("id", "place", "author", "beginning", "timestamp", "deleted")
    list_display_links = ("id", "beginning")
    list_filter = (
        ("channel", AutocompleteSelectFilter),
        ("sender", AutocompleteSelectFilter),
        "deleted",
        "kind",
    )
    list_filter_submit = True
    search_fields = ("text",)
    search_help_text = _("A part of the text")
    fields = (
        ("channel", "sender"),
        "text",
        ("timestamp", "edited_at", "deleted"),
        ("position", "version", "client_id"),
    )
    actions = ("delete_for_everybody",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        """By an index in both cases: sorting a channel of a million by id took 2 s on SQLite."""
        return ("-position",) if "channel__id__exact" in request.GET else ("-pk",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Message]:
        """No joins: SQLite may begin with the other table, and then sorts a million messages."""
        return super().get_queryset(request).prefetch_related("channel", "sender")

    @admin.display(description=_("channel"))
    def place(self, message: Message) -> str:
        return str(message.channel)

    @admin.display(description=_("sender"))
    def author(self, message: Message) -> str:
        return message.sender.username

    @admin.display(description=_("text"))
    def beginning(self, message: Message) -> str:
        return Truncator(message.text).chars(TEXT_SHOWN)

    @admin.action(description=_("Delete for everybody"), permissions=["moderate"])
    def delete_for_everybody(self, request: HttpRequest, queryset: QuerySet[Message]) -> None:
        ids = ids_of(queryset)
        count = moderation.delete_messages(person_of(request), message_ids=ids)
        done = ngettext("%d message is deleted.", "%d messages are deleted.", count)
        self.tell(request, done, count)


@admin.register(Membership)
class MembershipAdmin(KeptAdmin):
    list_display = ("id", "user", "channel", "role", "read_position", "joined_at")
    list_select_related = ("user", "channel")
    list_filter = (
        ("channel", AutocompleteSelectFilter),
        ("user", AutocompleteSelectFilter),
        "role",
    )
    list_filter_submit = True
    search_fields = ("user__username", "channel__name")
    ordering = ("-pk",)
    fields = (("user", "channel"), "role", ("read_position", "joined_at"))
    readonly_fields = ("user", "channel", "read_position", "joined_at")
    actions = ("remove_from_channel",)

    def save_model(self, request: HttpRequest, obj: Membership, form: Any, change: bool) -> None:
        moderation.change_role(person_of(request), obj, role=obj.role)

    @admin.action(description=_("Remove from the channel"), permissions=["moderate"])
    def remove_from_channel(self, request: HttpRequest, queryset: QuerySet[Membership]) -> None:
        ids = ids_of(queryset)
        count = moderation.remove_members(person_of(request), membership_ids=ids)
        done = ngettext("%d person is removed.", "%d people are removed.", count)
        self.tell(request, done, count)


class HouseForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = House
        fields = ("name", "accent", "logo")
        widgets = {"accent": UnfoldAdminTextInputWidget(attrs={"placeholder": "#2b6b57"})}

    def clean_logo(self) -> Any:
        return drawn_anew(self.cleaned_data["logo"])


@admin.register(House)
class HouseAdmin(QuickAdmin):
    form = HouseForm
    fields = ("name", "accent", "logo")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """There is one."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return redirect("admin:accounts_house_change", 1)

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> House:
        return House.ours()

    def save_model(self, request: HttpRequest, obj: House, form: Any, change: bool) -> None:
        logo = form.cleaned_data["logo"]
        changed = change_house(
            person_of(request),
            name=obj.name,
            accent=obj.accent,
            logo=logo if isinstance(logo, ContentFile) else None,
            remove_logo=logo is False,
        )
        obj.logo = changed.logo
