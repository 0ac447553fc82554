"""A draft is the desk's: colleagues see it, to stand in for each other; nobody else does, and not as their own."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.admin_desk import Desk, sent_by
from tracker import actions
from tracker.models import FollowUp, User

pytestmark = pytest.mark.django_db

SECRET = "Amina-Doe"


@pytest.fixture(autouse=True)
def _files_of_this_test(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def author() -> User:
    return factories.EditorFactory(username="author")


@pytest.fixture
def draft(author: User) -> FollowUp:
    """Return a draft that says something secret wherever it can, beside what is public of the same bodies."""
    factories.MilestoneFactory(slug="hld")
    entry = factories.published_entry(actor=factories.ActorFactory(slug="mexico"), act="act-1")
    draft = factories.FollowUpFactory(
        recommendation=entry.recommendation,
        actor=entry.actor,
        act="act-1",
        title=f"Of {SECRET}",
        body=f"{SECRET} was heard.",
        internal_note=f"Ask {SECRET}.",
        partners=[factories.ActorFactory(slug="partner")],
        evidence=0,
        created_by=author,
    )
    factories.EvidenceFactory(entry=draft, citation=f"Letter of {SECRET}", file=ContentFile(b"x", name=f"{SECRET}.txt"))
    return draft


def public_doors(draft: FollowUp) -> list[str]:
    """Return every public address at which it could be seen."""
    recommendation = draft.recommendation
    named = {
        "forum": [2010],
        "roundtable": [2010, recommendation.roundtable.code.lower()],
        "recommendation": [recommendation.reference],
        "cite_bibtex": [recommendation.reference],
        "cite_ris": [recommendation.reference],
        "actor": ["mexico"],
        "milestone": ["hld"],
        "sitemap_section": ["recommendations"],
    }
    plain = ("overview", "forums", "recommendations", "actors", "updates", "sitemap")
    addresses = [reverse(name) for name in plain] + [reverse(name, args=given) for name, given in named.items()]
    return [*addresses, reverse("actor", args=["partner"]), f"{reverse('recommendations')}?q={SECRET}+heard"]


@pytest.mark.parametrize("state", ["draft", "submitted", "returned"])
def test_it_is_behind_no_public_door(draft: FollowUp, author: User, state: str) -> None:
    if state != "draft":
        actions.submit(draft, by=author)
    if state == "returned":
        actions.return_to_author(draft, by=factories.ReviewerFactory(), reason="Which letter?")
    for client in (Client(), Desk(factories.UserFactory()).client, Desk(author).client):
        for address in public_doors(draft):
            answer = client.get(address)
            assert answer.status_code == 200, address
            assert f"of {SECRET}".lower() not in answer.content.decode().lower(), address
            assert f"{SECRET} was" not in answer.content.decode(), address
        assert client.get(reverse("evidence_file", args=[draft.evidence.get().pk])).status_code == 404
        assert client.get(f"/entries/{draft.recommendation.reference}-F2/").status_code == 404


DOORS_OF_THE_DESK = ("change", "history", "delete", "preview", "submit", "also", "publish", "return")


@pytest.mark.parametrize("account", [None, factories.UserFactory])
def test_it_is_behind_no_door_of_the_desk_for_those_without_a_desk(draft: FollowUp, account: Any) -> None:
    client = Desk(account()).client if account else Client()
    addresses = [reverse(f"admin:tracker_followup_{name}", args=[draft.pk]) for name in DOORS_OF_THE_DESK]
    addresses.append(reverse("admin:tracker_followup_evidence", args=[draft.evidence.get().pk]))
    for address in addresses:
        for answer in (client.get(address), client.post(address, {"title": "Forged", "post": "yes"})):
            assert (answer.status_code, answer.headers["Location"]) == (302, f"/admin/login/?next={address}")
    assert FollowUp.objects.get(pk=draft.pk).title == draft.title


def test_those_without_the_right_to_see_entries_see_none(draft: FollowUp) -> None:
    desk = Desk(factories.UserFactory(is_staff=True))
    for name in DOORS_OF_THE_DESK:
        assert desk.open(f"followup_{name}", draft.pk).status_code == 403, name
    assert desk.open("followup_evidence", draft.evidence.get().pk).status_code == 404
    assert SECRET not in desk.client.get(reverse("admin:index")).content.decode()


def test_a_colleague_sees_and_mends_it_but_not_as_their_own(draft: FollowUp) -> None:
    colleague = Desk(factories.EditorFactory())
    assert colleague.fill("followup_change", draft.pk, body="Mended.").status_code == 302
    draft.refresh_from_db()
    assert (draft.body, draft.created_by.username) == ("Mended.", "author")
    for query in ("?author=me", "?waits=drafts", "?waits=returned"):
        listed = colleague.client.get(colleague.address("followup_changelist") + query, follow=True)
        assert draft not in listed.context["cl"].result_list, query
    own = Desk(draft.created_by).open("followup_changelist", query="?waits=drafts")
    assert list(own.context["cl"].result_list) == [draft]


def test_what_a_colleague_submitted_is_with_the_reviewer(draft: FollowUp, author: User) -> None:
    actions.submit(draft, by=author)
    colleague = Desk(factories.EditorFactory())
    page = colleague.open("followup_change", draft.pk)
    assert (page.status_code, "title" in sent_by(page)) == (200, False)
    assert colleague.client.post(colleague.address("followup_change", draft.pk), {"title": "Forged"}).status_code == 403
    assert FollowUp.objects.get(pk=draft.pk).title == draft.title
