"""What stands beside every page of the admin: first what lives, then what is kept."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

ICONS = {
    "AccessToken": "key",
    "Announcement": "campaign",
    "Channel": "tag",
    "Comment": "comment",
    "Document": "description",
    "DocumentVersion": "bookmark",
    "Entry": "history",
    "House": "cottage",
    "Invitation": "mail",
    "LoginAttempt": "lock",
    "Membership": "group",
    "Message": "chat",
    "Session": "devices",
    "User": "person",
}


def sidebar(request: HttpRequest) -> list[dict[str, Any]]:
    """Of each app what this person may see."""
    live = {"title": _("Live"), "icon": "monitoring", "link": reverse("operations:console")}
    return [{"items": [live]}, *map(_group, admin.site.get_app_list(request))]


def _group(app: dict[str, Any]) -> dict[str, Any]:
    models = [model for model in app["models"] if model["admin_url"]]
    return {"title": app["name"], "separator": True, "items": [_item(each) for each in models]}


def _item(model: dict[str, Any]) -> dict[str, Any]:
    icon = ICONS.get(model["object_name"], "database")
    return {"title": model["name"], "icon": icon, "link": model["admin_url"]}
