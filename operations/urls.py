from django.contrib import admin
from django.urls import path

from operations import views

app_name = "operations"

urlpatterns = [
    path("admin/live/", admin.site.admin_view(views.console), name="console"),
    path("health/live", views.live, name="health-live"),
    path("health/ready", views.ready, name="health-ready"),
    path("metrics", views.metrics, name="metrics"),
]
