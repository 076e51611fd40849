"""People in the admin: found, made, given rights, shut out."""

from functools import partial
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from accounts.actions.bans import deactivate_users, reactivate_users
from accounts.actions.profiles import show_profile
from accounts.actions.tokens import revoke_tokens
from accounts.admin.base import QuickAdmin, drawn_anew
from accounts.models import RIGHTS, AccessToken, User
from accounts.views.people import person_of
from realtime.errors import Forbidden

# People manage these for themselves in their settings.
for model in (EmailAddress, Authenticator, SocialAccount, SocialApp, SocialToken, Group):
    admin.site.unregister(model)

SHOWN = {"username", "display_name", "avatar", "status_emoji", "status_text"}


class PersonForm(UserChangeForm):
    def clean_avatar(self) -> Any:
        return drawn_anew(self.cleaned_data["avatar"])


@admin.register(User)
class UserAdmin(DjangoUserAdmin, QuickAdmin):  # type: ignore[type-arg,misc]
    form = PersonForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm

    list_display = ("username", "display_name", "email", "is_staff", "is_bot", "is_active")
    list_filter = ("is_active", "is_staff", "is_bot", "date_joined")
    search_fields = ("username", "display_name", "email")
    ordering = ("username",)
    date_hierarchy = None
    filter_horizontal = ()
    readonly_fields = ("is_active", "is_guest", "last_login", "last_seen", "date_joined")
    fieldsets = (
        (None, {"fields": ("username", "password", "is_active")}),
        (
            _("Profile"),
            {"fields": ("display_name", "title", "email", "avatar", "language", "time_zone")},
        ),
        (
            _("Status"),
            {
                "fields": (
                    ("status_emoji", "status_text", "status_expires_at"),
                    ("presence_setting", "last_seen"),
                )
            },
        ),
        (_("Rights"), {"fields": (*RIGHTS, "is_bot", "is_guest")}),
        (_("Times"), {"fields": ("date_joined", "last_login")}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", "display_name", "email", "password1", "password2")}),
    )
    actions = ("deactivate", "reactivate", "revoke_access_tokens")

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """Only an owner hands out rights."""
        locked = () if person_of(request).is_superuser else RIGHTS
        return (*self.readonly_fields, *locked)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if "avatar" in form.changed_data and (old := form.initial.get("avatar")):
            transaction.on_commit(partial(old.storage.delete, old.name))
        if change and set(form.changed_data) & SHOWN:
            show_profile(obj)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """A new password or address for an owner, or for somebody else of the staff, would be the
        way to have their rights."""
        person = person_of(request)
        may = super().has_change_permission(request, obj)
        if obj is None or person.is_superuser:
            return may
        return may and not obj.is_superuser and (obj.pk == person.pk or not obj.is_staff)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What people wrote stays readable: they are deactivated, not deleted."""
        return False

    @admin.action(
        description=_("Shut out: log out everywhere and deactivate"), permissions=["change"]
    )
    def deactivate(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        try:
            count = deactivate_users(person_of(request), users=queryset)
        except Forbidden:
            self.message_user(
                request, _("You cannot shut out yourself or an owner."), messages.ERROR
            )
            return
        done = ngettext("%d person is shut out.", "%d people are shut out.", count)
        self.message_user(request, done % count)

    @admin.action(description=_("Let in again"), permissions=["change"])
    def reactivate(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        count = reactivate_users(person_of(request), users=queryset)
        done = ngettext("%d person may come in again.", "%d people may come in again.", count)
        self.message_user(request, done % count)

    @admin.action(description=_("Revoke their access tokens"), permissions=["change"])
    def revoke_access_tokens(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        tokens = AccessToken.objects.filter(user__in=queryset)
        count = revoke_tokens(person_of(request), tokens=tokens)
        done = ngettext("%d token is revoked.", "%d tokens are revoked.", count)
        self.message_user(request, done % count)
