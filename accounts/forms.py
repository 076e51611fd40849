"""The forms of our own pages, and what we add to allauth's."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.text import CODE_POINTS_PER_GRAPHEME, GraphemeLimit, check_one_line

TIME_ZONES = sorted(zone for zone in available_timezones() if "/" in zone or zone == "UTC")


class SignupFields(forms.Form):
    """What sign-up asks beside name, email and password. The time zone is the browser's, filled
    in by pages.ts; without it the default stays."""

    display_name = forms.CharField(
        label=_("Display name"),
        max_length=80 * CODE_POINTS_PER_GRAPHEME,
        validators=[GraphemeLimit(80), check_one_line],
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("How others see you. You can change it at any time."),
    )
    time_zone = forms.CharField(required=False, widget=forms.HiddenInput)

    def signup(self, request: HttpRequest, user: User) -> None:
        user.display_name = self.cleaned_data["display_name"] or user.display_name
        if self.cleaned_data["time_zone"] in TIME_ZONES:
            user.time_zone = self.cleaned_data["time_zone"]
        user.save(update_fields=["display_name", "time_zone"])


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=[(zone, zone.replace("_", " ")) for zone in TIME_ZONES]
    )

    class Meta:
        model = User
        fields = [
            "display_name",
            "title",
            "status_emoji",
            "status_text",
            "language",
            "time_zone",
        ]
        labels = {"status_emoji": _("Emoji"), "status_text": _("Status")}
        widgets = {
            "display_name": forms.TextInput(attrs={"autocomplete": "name"}),
            "title": forms.TextInput(attrs={"placeholder": _("Map maker")}),
            "status_text": forms.TextInput(attrs={"placeholder": _("What are you up to?")}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["display_name"].required = True
        language = self.fields["language"]
        language.choices = [("", _("As the browser says")), *language.choices[1:]]  # type: ignore[attr-defined]


class AvatarForm(forms.Form):
    avatar = forms.FileField(
        label=_("Choose a picture"),
        widget=forms.FileInput(
            attrs={
                "accept": "image/png,image/jpeg,image/webp,image/gif",
                "class": "visually-hidden",  # its label is the button
            }
        ),
    )


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("What is it for?"),
        max_length=80,
        widget=forms.TextInput(attrs={"placeholder": _("Deploy bot"), "autocomplete": "off"}),
    )
    days = forms.TypedChoiceField(
        label=_("Expires"),
        coerce=int,
        initial=90,
        choices=[
            (30, _("after 30 days")),
            (90, _("after 90 days")),
            (365, _("after a year")),
            (0, _("never")),
        ],
    )


class InvitationForm(forms.Form):
    max_uses = forms.IntegerField(
        label=_("For how many people?"), min_value=1, max_value=1000, initial=1
    )
    days = forms.TypedChoiceField(
        label=_("Expires"),
        coerce=int,
        initial=7,
        choices=[(1, _("after a day")), (7, _("after a week")), (30, _("after 30 days"))],
    )
