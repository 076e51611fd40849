"""How `/admin/` looks: what django-unfold is told of names, marks and colours."""

from django.utils.translation import gettext_lazy as _

OPTIONS = {
    "SITE_TITLE": "Maru",
    "SITE_HEADER": "Maru",
    "SITE_SUBHEADER": _("The house's keys"),
    "SITE_DROPDOWN": [
        {"icon": "forum", "title": _("To the hall"), "link": "/"},
    ],
    "SIDEBAR": {"navigation": "operations.navigation.sidebar"},
    "SITE_ICON": "/static/favicon.svg",
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": "/static/favicon.svg"}],
    # The hues of frontend/styles/tokens.css: hanji and noerok.
    "COLORS": {
        "base": {
            "50": "#faf7f0", "100": "#f3eee3", "200": "#e2dac9", "300": "#d0c6b2",
            "400": "#a99f8c", "500": "#7d7465", "600": "#665f53", "700": "#4a443b",
            "800": "#2b2823", "900": "#1b1916", "950": "#151310",
        },
        "primary": {
            "50": "#eef5f0", "100": "#dfeae0", "200": "#bcd6c8", "300": "#9dbfae",
            "400": "#6fa48c", "500": "#3d8069", "600": "#2b6b57", "700": "#1f5545",
            "800": "#1a4538", "900": "#14372d", "950": "#0b211b",
        },
    },
}  # fmt: skip
