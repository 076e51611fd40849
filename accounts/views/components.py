"""The forms and marks of the pages outside the chat, in every state: the other half of the design
system. The chat's components are at /components/."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _


class SampleForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=10, help_text=_("Copy it now. It is shown only this once.")
    )
    email = forms.EmailField(label=_("Email"))
    password = forms.CharField(label=_("Password"), widget=forms.PasswordInput)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    remember = forms.BooleanField(label=_("Remember me"), required=False)


def components(request: HttpRequest) -> HttpResponse:
    if not (settings.DEBUG or request.user.is_staff):
        raise Http404
    for level in (messages.SUCCESS, messages.WARNING, messages.ERROR):
        messages.add_message(request, level, "마루 · Maru")
    forms_shown = {
        "empty": SampleForm(prefix="empty"),
        "wrong": SampleForm({"wrong-name": "far too long", "wrong-email": "@"}, prefix="wrong"),
    }
    return render(request, "accounts/components.html", {"forms": forms_shown})
