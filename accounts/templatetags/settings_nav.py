"""The pages of the settings, ours and allauth's, as one navigation."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

register = template.Library()


@dataclass(frozen=True)
class Section:
    title: str | Promise
    url: str
    path: str  # of the request

    @property
    def is_current(self) -> bool:
        inner = self.path.startswith(self.url) and self.url != reverse("profile")
        return self.path == self.url or inner


@register.simple_tag(takes_context=True)
def settings_sections(context: dict[str, Any]) -> list[list[Section]]:
    request: HttpRequest = context["request"]
    groups: list[list[tuple[str | Promise, str]]] = [
        [(_("Profile"), "profile")],
        [
            (_("Email"), "account_email"),
            (_("Password"), "account_change_password"),
            (_("Two steps and passkeys"), "mfa_index"),
            (_("Browsers"), "sessions"),
        ],
        [(_("Access tokens"), "tokens")],
    ]
    if settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]:
        groups[1].append((_("Linked accounts"), "socialaccount_connections"))
    if getattr(request.user, "is_staff", False):
        groups[2].append((_("Invitations"), "invitations"))
    return [
        [Section(title, reverse(name), request.path) for title, name in group] for group in groups
    ]
