"""Every page that Django makes for a model × GET and POST × role, enumerated from the resolver.

A model that is registered anew fails here: decide who may see, add, change and delete its rows, then say so.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.test_urls import ADDRESSES, LOGIN, signed_in
from tracker.models import AuditEvent, RecordEvent, User

pytestmark = pytest.mark.django_db

Row = dict[str, str]


def row(editor: str, reviewer: str, administrator: str, superuser: str) -> Row:
    return {"editor": editor, "reviewer": reviewer, "administrator": administrator, "superuser": superuser}


# v: sees, a: adds, c: changes, d: deletes. What is published is deleted by nobody; these rows are drafts.
WORK = row("vacd", "vacd", "vacd", "vacd")
VOCABULARY = row("v", "v", "vacd", "vacd")
MODELS: dict[str, tuple[Callable[[], Any], Row]] = {
    "tracker_followup": (factories.FollowUpFactory, WORK),
    "tracker_recommendation": (factories.RecommendationFactory, WORK),
    "tracker_roundtable": (factories.RoundtableFactory, WORK),
    "tracker_forum": (factories.ForumFactory, WORK),
    "tracker_actor": (factories.ActorFactory, WORK),
    "tracker_membership": (factories.MembershipFactory, WORK),
    "tracker_referencealias": (factories.ReferenceAliasFactory, WORK),
    "tracker_diarynote": (factories.DiaryNoteFactory, WORK),
    "tracker_sheetimport": (factories.SheetImportFactory, WORK),
    "tracker_documentimport": (factories.DocumentImportFactory, WORK),
    "tracker_theme": (factories.ThemeFactory, VOCABULARY),
    "tracker_milestone": (factories.MilestoneFactory, VOCABULARY),
    "tracker_recordevent": (lambda: RecordEvent.objects.earliest("pk"), row("v", "v", "v", "v")),
    "tracker_auditevent": (lambda: AuditEvent.objects.earliest("pk"), row("", "", "v", "v")),
    "tracker_user": (factories.EditorFactory, row("", "", "vac", "vac")),
    "auth_group": (lambda: Group.objects.create(name="observers"), row("", "", "", "vacd")),
}
# What one must be allowed to do for a page, with a GET and with a POST.
PAGES = {
    "changelist": ("v", "v"),
    "add": ("a", "a"),
    "change": ("v", "c"),
    "delete": ("d", "d"),
    "history": ("v", "v"),
    "simple_history": ("v", "v"),
}
ROLES = {
    "editor": factories.EditorFactory,
    "reviewer": factories.ReviewerFactory,
    "administrator": factories.AdministratorFactory,
    "superuser": factories.SuperuserFactory,
}

KEEPING = {("tracker_sheetimport", "add", "post")}
"""Where what was sent without a sign-in, or by a form that is no longer good, is carried over a new sign-in."""
SIGN_IN_AGAIN = "admin/tracker/sign_in_again.html"


def pages_of(model: str) -> list[str]:
    return [page for page in PAGES if ("admin", f"{model}_{page}") in ADDRESSES]


def path_of(model: str, page: str, subject: Any) -> str:
    arguments = [] if page in {"changelist", "add"} else [subject.pk]
    if page == "simple_history":
        arguments.append(subject.history.latest().pk)
    return reverse(f"admin:{model}_{page}", args=arguments)


def test_every_page_that_django_makes_has_a_row() -> None:
    own_change = {"password_change", "auth_user_password_change"}
    made = {
        name for space, name in ADDRESSES if space == "admin" and name.endswith(tuple(f"_{page}" for page in PAGES))
    }
    assert made - own_change == {f"{model}_{page}" for model in MODELS for page in pages_of(model)}
    assert own_change <= made


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("model", MODELS)
def test_pages_of_a_model_by_role(model: str, role: str) -> None:
    client = signed_in(ROLES[role]())
    make, table = MODELS[model]
    subject = make()
    expected = {
        (page, method): right in table[role]
        for page in pages_of(model)
        for method, right in zip(("get", "post"), PAGES[page], strict=True)
    }
    answers = {
        (page, method): getattr(client, method)(path_of(model, page, subject)).status_code for page, method in expected
    }
    assert {place: status != 403 for place, status in answers.items()} == expected
    assert {status for status in answers.values() if status >= 400} <= {403}


@pytest.mark.parametrize("model", MODELS)
def test_nobody_gets_in_without_signing_in(model: str) -> None:
    subject = MODELS[model][0]() if model != "tracker_auditevent" else factories.EditorFactory()
    for page in pages_of(model):
        if page != "simple_history":
            path = path_of(model, page, subject)
            for method in ("get", "post", "put", "patch", "delete"):
                answer = getattr(Client(), method)(path)
                if (model, page, method) in KEEPING:
                    assert answer.template_name == SIGN_IN_AGAIN
                else:
                    assert (answer.status_code, answer.headers["Location"]) == (302, f"{LOGIN}?next={path}")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_is_taken_that_was_not_sent_by_our_own_form(method: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(factories.SuperuserFactory())
    for model, (make, _table) in MODELS.items():
        subject = make()
        for page in pages_of(model):
            answer = getattr(client, method)(path_of(model, page, subject))
            asked_again = (model, page, method) in KEEPING and answer.template_name == SIGN_IN_AGAIN
            assert asked_again or answer.status_code == 403, (model, page)


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_change_nothing(method: str) -> None:
    client = signed_in(factories.SuperuserFactory())
    theme = factories.ThemeFactory(name_en="Kept")
    for page in ("change", "delete"):
        getattr(client, method)(path_of("tracker_theme", page, theme), data="name_en=Other&post=yes")
    theme.refresh_from_db()
    assert theme.name_en == "Kept"


# Pages that belong to no model: the answer to a GET and to a POST of whoever is staff.
OTHERS = {
    "index": (200, 200),
    "translations": (200, 200),
    "translations_file": (400, 405),  # it asks into which language
    "handbook": (200, 405),
    "logout": (405, 200),
    "password_change": (200, 200),
    "password_change_done": (200, 405),
    "jsi18n": (200, 405),
    "autocomplete": (403, 405),  # it answers for a field that is named
}


@pytest.mark.parametrize("role", ROLES)
def test_pages_of_no_model(role: str) -> None:
    user: User = ROLES[role]()
    answers = {}
    for name in OTHERS:
        path = reverse(f"admin:{name}")
        answers[name] = (signed_in(user).get(path).status_code, signed_in(user).post(path).status_code)
    assert answers == OTHERS


@pytest.mark.parametrize("role", ["editor", "reviewer"])
def test_passwords_of_others_are_not_theirs_to_set(role: str) -> None:
    other = factories.EditorFactory(password="the old password")
    path = reverse("admin:auth_user_password_change", args=[other.pk])
    client = signed_in(ROLES[role]())
    typed = {"password1": "another password 1", "password2": "another password 1", "usable_password": "true"}
    assert [client.get(path).status_code, client.post(path, typed).status_code] == [403, 403]
    other.refresh_from_db()
    assert other.check_password("the old password")
