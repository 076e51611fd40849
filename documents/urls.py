from django.urls import path

from documents import views

urlpatterns = [
    path("documents/", views.page, name="documents"),
    path("documents/<int:document>", views.page, name="document"),
]
