"""The house: its name, its logo and its colour, changed in the admin and told to everybody."""

import io
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from accounts.models import House, User
from audit.models import Entry
from chat.actions.houses import change_house
from realtime.errors import Forbidden
from realtime.posts import Control
from tests.accounts.conftest import Browse, browse
from tests.chat.told import Sent, Told

pytestmark = pytest.mark.django_db

__all__ = ["browse"]  # a fixture

URL = "/admin/accounts/house/1/change/"


@pytest.fixture
def owner(make_user: Callable[..., User]) -> User:
    return make_user("owner", is_staff=True, is_superuser=True)


@pytest.fixture
def admin(owner: User, browse: Browse) -> Client:
    return browse("owner")


def picture() -> SimpleUploadedFile:
    data = io.BytesIO()
    Image.new("RGB", (40, 60), "teal").save(data, "PNG")
    return SimpleUploadedFile("logo.png", data.getvalue(), "image/png")


def test_the_house_has_a_name_before_anybody_gave_it_one(client: Client) -> None:
    assert House.ours().name == "Maru"
    assert "<title>" in client.get("/accounts/login/").content.decode()
    assert not House.objects.exists()


def test_it_is_changed_in_the_admin_and_everybody_is_told(
    admin: Client, owner: User, told: Told
) -> None:
    assert admin.get("/admin/accounts/house/").status_code == 302
    told.take()

    form = {"name": " 우리 마루 ", "accent": "#aa3311", "logo": picture()}
    assert admin.post(URL, form).status_code == 302

    forget, news = told.take()
    assert isinstance(forget, Control)
    assert isinstance(news, Sent)
    assert (news.name, news.topic) == ("house-updated", "everyone")
    house = House.ours()
    assert news.data == {"name": "우리 마루", "logo_url": house.logo_url, "accent": "#aa3311"}
    assert house.logo_url.endswith(".webp")
    assert Entry.objects.filter(action="house.changed").get().details == {
        "changed": ["accent", "logo", "name"]
    }
    for page in ("/settings/", "/accounts/password/reset/"):
        text = admin.get(page).content.decode()
        assert "우리 마루" in text
        assert f'<img class="mark" src="{house.logo_url}"' in text
        assert 'data-accent="#aa3311"' in text
    admin.post(URL, {"name": "우리 마루", "accent": "", "logo-clear": "on"})
    assert (House.ours().logo_url, House.ours().accent) == ("", "")


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"name": "x" * 41}, {"accent": "red"}, {"accent": "#12345"}]
)
def test_what_does_not_fit_is_refused(admin: Client, wrong: dict[str, str]) -> None:
    answer = admin.post(URL, {"name": "Hall", "accent": "", **wrong})
    assert answer.status_code == 200
    assert not House.objects.exists()


def test_a_logo_is_a_picture(admin: Client) -> None:
    fake = SimpleUploadedFile("logo.png", b"\x89PNG but not really", "image/png")
    assert admin.post(URL, {"name": "Hall", "accent": "", "logo": fake}).status_code == 200
    assert not House.objects.exists()


def test_only_who_may_changes_it(alice: User) -> None:
    with pytest.raises(Forbidden):
        change_house(alice, name="Mine", accent="")
