"""Announcements in the admin: composed, followed, taken back, by the same actions as the console's
commands. What was said stays as it was said."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display
from unfold.widgets import UnfoldAdminSelectWidget

from accounts.admin.base import QuickAdmin
from accounts.models import User
from accounts.views.people import person_of
from operations.announcing import Said, announce, check_words, missing, remind, withdraw
from operations.models import Announcement
from realtime.errors import Conflict, InvalidData

MISSING_SHOWN = 200
HOURS = [
    (0, _("Never")), (1, _("In an hour")), (8, _("In eight hours")), (24, _("In a day")),
    (72, _("In three days")), (168, _("In a week")),
]  # fmt: skip
FIELDS = {"arguments.title": "title_en", "arguments.group": "group"}


class AnnouncementForm(forms.ModelForm):  # type: ignore[type-arg]
    expires_hours = forms.TypedChoiceField(
        label=_("Expires"), choices=HOURS, coerce=int, initial=0, widget=UnfoldAdminSelectWidget
    )

    class Meta:
        model = Announcement
        fields = (
            "title_en", "text_en", "title_ko", "text_ko", "level", "requires_acknowledgement",
            "channel", "group",
        )  # fmt: skip
        help_texts = {
            "text_en": _("Markdown."),
            "title_ko": _("For who reads Korean; without it they get the English one."),
            "requires_acknowledgement": _("It stays on the page until its reader confirms it."),
            "channel": _("Only its members. Neither channel nor group: everybody."),
        }

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        try:
            check_words(*said(data), data.get("channel"), data.get("group"))
        except InvalidData as error:
            for name, text in (error.fields or {}).items():
                self.add_error(FIELDS[name], text)
        return data


def said(data: dict[str, Any]) -> tuple[Said, Said]:
    english = Said(data.get("title_en", ""), data.get("text_en", ""))
    return english, Said(data.get("title_ko", ""), data.get("text_ko", ""))


@admin.register(Announcement)
class AnnouncementAdmin(QuickAdmin):
    list_display = ("__str__", "shown_level", "audience", "created_at", "running", "confirmed")
    list_filter = ("level", "requires_acknowledgement")
    list_select_related = ("channel", "group")
    search_fields = ("title_en", "title_ko")
    ordering = ("-pk",)
    actions = ("remind_again", "take_back")
    autocomplete_fields = ("channel",)
    change_form_outer_after_template = "admin/operations/announcement/missing.html"
    add_fieldsets = (
        (_("In English"), {"fields": ("title_en", "text_en")}),
        (_("In Korean"), {"fields": ("title_ko", "text_ko")}),
        (_("For whom"), {"fields": (("channel", "group"),)}),
        (
            _("How"),
            {"fields": (("level", "expires_hours"), "requires_acknowledgement")},
        ),
    )
    fieldsets = (
        (_("In English"), {"fields": ("title_en", "english")}),
        (_("In Korean"), {"fields": ("title_ko", "korean")}),
        (
            _("How"),
            {
                "fields": (
                    ("audience", "level", "requires_acknowledgement"),
                    ("created_by", "created_at", "expires_at"),
                )
            },
        ),
    )
    readonly_fields = ("english", "korean", "audience")

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = forms.ModelForm if obj else AnnouncementForm
        return super().get_form(request, obj, change, form=form, **kwargs)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Announcement]:
        return super().get_queryset(request).annotate(confirmations=Count("acknowledgements"))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @display(
        description=_("level"), label={"info": "info", "warning": "warning", "critical": "danger"}
    )
    def shown_level(self, row: Announcement) -> tuple[str, str]:
        return row.level, row.get_level_display()

    @admin.display(description=_("for"))
    def audience(self, row: Announcement) -> str:
        if row.channel:
            return str(row.channel)
        return str(row.group) if row.group else gettext("Everybody")

    @admin.display(description=_("running"), boolean=True)
    def running(self, row: Announcement) -> bool:
        return row.is_running

    @admin.display(description=_("confirmed"))
    def confirmed(self, row: Any) -> int:
        return int(row.confirmations)

    @admin.display(description=_("text in English"))
    def english(self, row: Announcement) -> str:
        return shown(row.html_en)

    @admin.display(description=_("text in Korean"))
    def korean(self, row: Announcement) -> str:
        return shown(row.html_ko)

    def save_model(self, request: HttpRequest, obj: Announcement, form: Any, change: bool) -> None:
        data = form.cleaned_data
        english, korean = said(data)
        hours = data["expires_hours"]
        row = announce(
            person_of(request),
            english=english,
            korean=korean,
            level=obj.level,
            requires_acknowledgement=obj.requires_acknowledgement,
            expires_at=timezone.now() + timedelta(hours=hours) if hours else None,
            channel=obj.channel,
            group=obj.group,
        )
        obj.pk = row.pk

    def response_add(
        self, request: HttpRequest, obj: Announcement, post_url_continue: Any = None
    ) -> HttpResponse:
        self.message_user(request, _("It is announced."), messages.SUCCESS)
        return redirect("admin:operations_announcement_change", obj.pk)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """With who has not confirmed it."""
        row = self.get_object(request, object_id)
        told = told_of(row) if row else {}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **told})

    @admin.action(description=_("Remind who has not confirmed"), permissions=["add"])
    def remind_again(self, request: HttpRequest, queryset: QuerySet[Announcement]) -> None:
        count = self.each(request, queryset, remind)
        done = ngettext(
            "%d person has not confirmed it.", "%d people have not confirmed it.", count
        )
        self.message_user(request, done % count)

    @admin.action(description=_("Withdraw"), permissions=["add"])
    def take_back(self, request: HttpRequest, queryset: QuerySet[Announcement]) -> None:
        self.each(request, queryset, withdraw)
        self.message_user(request, _("It is withdrawn."))

    def each(self, request: HttpRequest, queryset: QuerySet[Announcement], action: Any) -> int:
        """The sum of what the action says; what cannot be done is told."""
        count = 0
        for row in queryset:
            try:
                count += action(person_of(request), row)
            except Conflict as error:
                self.message_user(request, f"{row}: {error.message}", messages.ERROR)
        return count


def shown(html: str) -> str:
    """It was sanitised when it was written."""
    return format_html('<div class="leading-relaxed">{}</div>', mark_safe(html)) if html else "–"  # noqa: S308


def told_of(row: Announcement) -> dict[str, Any]:
    people = missing(row).order_by("username")
    return {
        "announcement": row,
        "missing_count": people.count(),
        "missing_shown": MISSING_SHOWN,
        "missing_table": {
            "headers": [gettext("Person"), gettext("last seen")],
            "rows": [_line(person) for person in people[:MISSING_SHOWN]],
        },
    }


def _line(person: User) -> list[Any]:
    name = format_html("{} <small>@{}</small>", person.display_name, person.username)
    return [name, person.last_seen or "–"]
