"""A forgotten password and a new address, by mail."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage
from pytest_django import Settings

from accounts.models import User
from tests.accounts.conftest import Browse

NEW_PASSWORD = "another-hall-77"


def link_in(mail: EmailMessage) -> str:
    found = re.search(r"http://testserver(\S+)", str(mail.body))
    assert found, mail.body
    return found[1]


def test_a_forgotten_password_is_reset_by_mail(
    alice: User, browse: Browse, mailoutbox: list[EmailMessage]
) -> None:
    elsewhere = browse("alice")
    browser = browse()
    browser.post("/accounts/password/reset/", {"email": "alice@example.com"})
    (mail,) = mailoutbox
    assert mail.to == ["alice@example.com"]
    link = link_in(mail)
    form = browser.get(link, follow=True)
    answer = browser.post(
        form.request["PATH_INFO"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    )
    assert answer.status_code == 302, answer.context["form"].errors
    assert browse("alice", NEW_PASSWORD).get("/settings/").status_code == 200
    assert elsewhere.get("/settings/").status_code == 302
    assert "no longer works" in browse().get(link, follow=True).content.decode()


def test_an_unknown_address_gets_the_same_page(
    alice: User, browse: Browse, mailoutbox: list[EmailMessage]
) -> None:
    answers = [
        browse().post("/accounts/password/reset/", {"email": address}, follow=True).content
        for address in ("alice@example.com", "nobody@example.com")
    ]
    plain = [re.sub(rb'(csrfmiddlewaretoken" value=")\w+', rb"\1", answer) for answer in answers]
    assert plain[0] == plain[1]


def test_a_new_address_counts_when_it_is_confirmed(
    alice: User, browse: Browse, mailoutbox: list[EmailMessage]
) -> None:
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    browser = browse("alice")
    answer = browser.post("/accounts/email/", {"email": "new@example.com", "action_add": ""})
    assert answer.status_code == 302
    link = link_in(next(mail for mail in mailoutbox if mail.to == ["new@example.com"]))
    alice.refresh_from_db()
    assert alice.email == "alice@example.com"
    assert browser.post(link).status_code == 302
    alice.refresh_from_db()
    assert alice.email == "new@example.com"


def test_mail_is_in_the_language_of_the_page(
    alice: User, browse: Browse, mailoutbox: list[EmailMessage]
) -> None:
    browse(**{"Accept-Language": "ko"}).post(
        "/accounts/password/reset/", {"email": "alice@example.com"}
    )
    assert re.search("[가-힣]", str(mailoutbox[0].subject))
    assert "비밀번호" in str(mailoutbox[0].body)


def test_without_a_mail_server_nothing_promises_mail(
    db: None, browse: Browse, settings: Settings
) -> None:
    settings.EMAIL_URL = ""
    assert b"password/reset" not in browse().get("/accounts/login/").content
    assert b"cannot send email" in browse().get("/accounts/password/reset/").content


@pytest.mark.parametrize("language", ["en", "ko"])
def test_who_signs_up_gets_a_link_to_confirm(
    db: None, browse: Browse, mailoutbox: list[EmailMessage], language: str
) -> None:
    form = {"username": "dana", "email": "dana@example.com", "password1": NEW_PASSWORD}
    browser = browse(**{"Accept-Language": language})
    assert browser.post("/accounts/signup/", form).status_code == 302
    assert browser.post(link_in(mailoutbox[0])).status_code == 302
    assert not User.objects.get(username="dana").emailaddress_set.filter(verified=False).exists()  # type: ignore[attr-defined]
