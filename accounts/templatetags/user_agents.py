"""`{{ session.user_agent|device }}`: "Firefox on Linux", in the page's language."""

from django import template
from django.utils.translation import gettext as _

from accounts.user_agents import browser_of, system_of

register = template.Library()


@register.filter
def device(user_agent: str) -> str:
    browser, system = browser_of(user_agent), system_of(user_agent)
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Unknown browser")
