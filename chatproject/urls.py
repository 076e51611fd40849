from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("operations.urls")),  # before the admin: the console is a page of it
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("accounts.urls")),
    path("", include("chat.urls")),
    path("", include("spaces.urls")),
    path("", include("documents.urls")),
]
