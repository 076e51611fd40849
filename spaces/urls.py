from django.urls import path

from chat import views

urlpatterns = [
    # The chat page again: the browser code reads from the address that the space is wanted.
    path("c/<int:channel>/space", views.page),
]
