"""The language of the desk: each member of staff has their own, and a visitor the browser's."""

import re

import pytest
from django.contrib import admin
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.factories import EditorFactory, published_recommendation
from tests.reading import parts
from tracker.models import User

pytestmark = pytest.mark.django_db

CHOICE = "/admin/language/"
LIST = "/admin/tracker/recommendation/?state=published"


@pytest.fixture
def user() -> User:
    return EditorFactory()


@pytest.fixture
def desk(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def language_of(answer: HttpResponse) -> str:
    return answer.content.decode().split('<html lang="', 1)[1].split('"', 1)[0]


def test_choosing_a_language_keeps_it_and_leads_back(desk: Client, user: User) -> None:
    answer = desk.post(CHOICE, {"language": "fr", "next": LIST})
    assert (answer.status_code, answer.headers["Location"]) == (302, LIST)
    user.refresh_from_db()
    assert user.language == "fr"
    page = desk.get(LIST, headers={"accept-language": "es"})
    assert (language_of(page), page.headers["Vary"]) == ("fr", "Cookie, Accept-Language")
    (current,) = re.findall(r'aria-current="true"\s*>\s*(\w+)', page.content.decode())
    assert current == "français"


@pytest.mark.parametrize("back", ["https://evil.example.org/", "//evil.example.org/", "javascript:alert(1)", ""])
def test_a_foreign_way_back_leads_to_the_start_of_the_desk(desk: Client, back: str) -> None:
    answer = desk.post(CHOICE, {"language": "es", "next": back})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/admin/")


@pytest.mark.parametrize("language", ["de", "fr-CA", "x" * 5000, "\x01"])
def test_a_language_that_is_not_there_is_refused(desk: Client, user: User, language: str) -> None:
    assert desk.post(CHOICE, {"language": language}).status_code == 400
    user.refresh_from_db()
    assert user.language == ""


def test_only_staff_choose_and_only_with_a_token(desk: Client, user: User) -> None:
    assert desk.get(CHOICE).status_code == 405
    assert Client().post(CHOICE, {"language": "fr"}).headers["Location"].startswith("/admin/login/")
    guarded = Client(enforce_csrf_checks=True)
    guarded.force_login(user)
    assert guarded.post(CHOICE, {"language": "fr"}).status_code == 403
    user.refresh_from_db()
    assert user.language == ""


@pytest.mark.parametrize(
    ("asked", "language"), [("", "en"), ("de", "en"), ("fr-CA,fr;q=0.9", "fr"), ("de, es;q=0.5", "es")]
)
def test_without_a_choice_the_desk_follows_the_browser(desk: Client, asked: str, language: str) -> None:
    assert language_of(desk.get("/admin/", headers={"accept-language": asked})) == language
    sign_in = Client().get("/admin/login/", headers={"accept-language": asked})
    assert language_of(sign_in) == language
    assert "Accept-Language" in sign_in.headers["Vary"]


def test_the_public_pages_do_not_follow_the_account(desk: Client, user: User) -> None:
    User.objects.filter(pk=user.pk).update(language="fr")
    page = desk.get("/forums/")
    assert (language_of(page), page.headers["Vary"]) == ("en", "Accept-Encoding")


def test_every_page_of_a_model_opens_in_every_language(desk: Client, user: User) -> None:
    published_recommendation()
    for language in ("fr", "es"):
        User.objects.filter(pk=user.pk).update(language=language)
        for model in admin.site._registry:
            path = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
            answer = desk.get(path)
            if answer.status_code != 403:
                assert (answer.status_code, language_of(answer)) == (200, language), path


def test_the_handbook_says_that_it_is_in_english(desk: Client, user: User) -> None:
    assert parts(desk.get("/admin/handbook/"), "p.help") == []
    User.objects.filter(pk=user.pk).update(language="fr")
    answer = desk.get("/admin/handbook/")
    assert len(parts(answer, "p.help")) == 1
    assert '<div id="content-main" class="handbook" lang="en">' in answer.content.decode()
