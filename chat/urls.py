from django.urls import path

from chat import views

urlpatterns = [
    path("", views.page, name="chat"),
    path("c/<int:channel_id>", views.page),
    path("jsi18n/", views.catalog, name="javascript-catalog"),
]
