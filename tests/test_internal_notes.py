"""Internal notes on recommendations, actors and entries: staff read and change them, no other door shows them."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.admin_desk import Desk
from tests.factories import EditorFactory, ReviewerFactory, published_entry
from tracker.models import FollowUp, RecordEvent

pytestmark = pytest.mark.django_db
SECRET = "A secret remark"


@pytest.fixture
def entry() -> FollowUp:
    """Return a published entry; it, its actor and its recommendation each have a note, written at the desk."""
    entry, desk = published_entry(), Desk(EditorFactory())
    for name, subject in (
        ("actor", entry.actor),
        ("recommendation", entry.recommendation),
        ("followup", entry),
    ):
        assert desk.fill(f"{name}_change", subject.pk, internal_note=SECRET).status_code == 302
        subject.refresh_from_db()
        assert subject.internal_note == SECRET
    return entry


def test_no_public_page_shows_them(entry: FollowUp) -> None:
    reference = entry.recommendation.reference
    places: list[Any] = [
        entry.get_absolute_url(),
        entry.actor.get_absolute_url(),
        entry.recommendation.get_absolute_url(),
        entry.recommendation.roundtable.get_absolute_url(),
        reverse("updates"),
        f"{reverse('recommendations')}?q=secret",
        *(reverse(name, args=[reference]) for name in ("cite_bibtex", "cite_ris")),
    ]
    pages = {place: Client().get(place, follow=True).content.decode() for place in places}
    assert [place for place, page in pages.items() if SECRET in page] == []


def test_the_chain_does_not_hold_them(entry: FollowUp) -> None:
    assert RecordEvent.objects.filter(payload__contains=SECRET).count() == 0


@pytest.mark.parametrize("make", [EditorFactory, ReviewerFactory])
def test_staff_read_them_and_their_history(make: Any, entry: FollowUp) -> None:
    desk = Desk(make())
    for name, key in (("actor", entry.actor_id), ("recommendation", entry.recommendation_id)):
        for page in ("change", "history"):
            assert SECRET in desk.open(f"{name}_{page}", key).content.decode()
    assert SECRET in desk.open("followup_change", entry.pk).content.decode()
