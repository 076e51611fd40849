"""The Django admin of people. The door is the ordinary log-in page with its second factor and its
limits; Django's own log-in form has neither."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin

from accounts.admin import doors, entries, users  # noqa: F401 (register themselves)

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
