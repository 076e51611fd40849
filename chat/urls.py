from django.urls import path

from chat import pwa, views

urlpatterns = [
    path("", views.room, name="chat"),
    path("c/<int:channel>", views.room),
    path("c/<int:channel>/m/<int:position>", views.room),
    path("threads", views.page),
    path("saved", views.page),
    path("shell", views.shell, name="shell"),
    path("components/", views.components, name="components"),
    path("manifest.webmanifest", pwa.manifest, name="manifest"),
    path("service-worker.js", pwa.service_worker, name="service-worker"),
    path("jsi18n/", views.catalog, name="javascript-catalog"),
]
