"""The ways in, in the admin: tokens, invitations, sessions, wrong log-ins."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.actions.invitations import revoke_invitations
from accounts.actions.sessions import end_each
from accounts.actions.tokens import revoke_tokens
from accounts.admin.base import ReadOnlyAdmin
from accounts.models import AccessToken, Invitation, LoginAttempt, Session
from accounts.templatetags.user_agents import device
from accounts.views.people import person_of


class SecretAdmin(ReadOnlyAdmin):
    """Who may look may not therefore revoke."""

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        return self.may(request, "change")


@admin.register(AccessToken)
class AccessTokenAdmin(SecretAdmin):
    list_display = (
        "name",
        "user",
        "prefix",
        "created_at",
        "last_used_at",
        "expires_at",
        "revoked_at",
    )
    list_filter = ("created_at", "expires_at", ("revoked_at", admin.EmptyFieldListFilter))
    list_select_related = ("user",)
    search_fields = ("name", "prefix", "user__username")
    ordering = ("-pk",)
    actions = ("revoke",)

    @admin.action(description=_("Revoke"), permissions=["revoke"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[AccessToken]) -> None:
        count = revoke_tokens(person_of(request), tokens=queryset)
        done = ngettext("%d token is revoked.", "%d tokens are revoked.", count)
        self.message_user(request, done % count)


@admin.register(Invitation)
class InvitationAdmin(SecretAdmin):
    list_display = ("prefix", "created_by", "uses", "max_uses", "expires_at", "revoked_at")
    list_filter = ("created_at", "expires_at", ("revoked_at", admin.EmptyFieldListFilter))
    list_select_related = ("created_by",)
    search_fields = ("prefix", "created_by__username")
    ordering = ("-pk",)
    actions = ("revoke",)

    @admin.action(description=_("Revoke"), permissions=["revoke"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[Invitation]) -> None:
        count = revoke_invitations(person_of(request), invitations=queryset)
        done = ngettext("%d invitation is revoked.", "%d invitations are revoked.", count)
        self.message_user(request, done % count)


@admin.register(Session)
class SessionAdmin(ReadOnlyAdmin):
    """Without the key, which would let its reader in."""

    fields = list_display = ("user", "browser", "address", "started_at", "last_active_at")
    list_select_related = ("user",)
    search_fields = ("user__username", "address")
    ordering = ("-last_active_at",)
    actions = ("end",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Session]:
        return super().get_queryset(request).exclude(user=None)

    def has_end_permission(self, request: HttpRequest) -> bool:
        return self.may(request, "delete")

    @admin.display(description=_("browser"))
    def browser(self, session: Session) -> str:
        return device(session.user_agent)

    @admin.action(description=_("Log out"), permissions=["end"])
    def end(self, request: HttpRequest, queryset: QuerySet[Session]) -> None:
        count = end_each(person_of(request), sessions=queryset)
        done = ngettext("%d browser is logged out.", "%d browsers are logged out.", count)
        self.message_user(request, done % count)


@admin.register(LoginAttempt)
class LoginAttemptAdmin(ReadOnlyAdmin):
    list_display = ("tried_at", "name", "address")
    list_filter = ("tried_at",)
    search_fields = ("name", "address")
    ordering = ("-tried_at",)
