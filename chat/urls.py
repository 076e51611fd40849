from django.urls import path

from chat import views

urlpatterns = [
    path("", views.page, name="chat"),
    path("c/<int:channel>", views.page),
    path("c/<int:channel>/m/<int:position>", views.page),
    path("threads", views.page),
    path("saved", views.page),
    path("jsi18n/", views.catalog, name="javascript-catalog"),
]
