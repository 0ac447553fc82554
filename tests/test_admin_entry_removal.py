"""Lawful removal at the desk: what goes is said before, and of each reading that rests on it what becomes of it."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile

from tests.admin_desk import Desk, errors
from tests.factories import (
    AdministratorFactory,
    EvidenceFactory,
    FollowUpFactory,
    published_assessment,
    published_entry,
    published_recommendation,
)
from tracker import actions
from tracker.models import FollowUp
from tracker.record.verification import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk(AdministratorFactory())


@pytest.fixture(autouse=True)
def _files_of_this_test(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def assessed_entry() -> tuple[FollowUp, FollowUp]:
    entry = published_entry()
    return entry, published_assessment(recommendation=entry.recommendation, rests_on=[entry])


def test_what_becomes_of_each_reading_must_be_chosen(desk: Desk) -> None:
    entry, reading = assessed_entry()
    refused = desk.fill("followup_withhold", entry.pk, reason="A court order.")
    assert errors(refused) == ["Choose what becomes of this assessment: it cannot rest on nothing."]
    assert str(reading.reference) in refused.content.decode()
    assert {entry.state for entry in FollowUp.objects.all()} == {"published"}


def test_a_reading_is_retracted_with_the_entry(desk: Desk) -> None:
    entry, reading = assessed_entry()
    chosen = {f"reading-{reading.pk}": "retract"}
    assert desk.fill("followup_withhold", entry.pk, reason="A court order.", **chosen).status_code == 302
    assert dict(FollowUp.objects.values_list("pk", "state")) == {entry.pk: "withheld", reading.pk: "retracted"}
    assert verify().problems == []


def test_a_reading_is_replaced_by_a_draft_that_rests_on_it_no_more(desk: Desk) -> None:
    entry, reading = assessed_entry()
    address = desk.address("followup_correct", reading.pk)
    assert (
        f'<a href="{address}">draft its replacement first</a>'
        in desk.open("followup_withhold", entry.pk).content.decode()
    )
    desk.fill("followup_correct", reading.pk)
    draft = FollowUp.objects.get(replaces=reading)
    offered = f'value="{draft.pk}"'
    assert offered not in desk.open("followup_withhold", entry.pk).content.decode()
    typed = {**desk.form("followup_change", draft.pk), "status": "no_information", "supports": [], "remaining": ""}
    assert desk.send("followup_change", draft.pk, typed=typed).status_code == 302
    assert offered in desk.open("followup_withhold", entry.pk).content.decode()
    chosen = {f"reading-{reading.pk}": str(draft.pk)}
    assert desk.fill("followup_withhold", entry.pk, reason="A court order.", **chosen).status_code == 302
    states = {entry.pk: "withheld", reading.pk: "retracted", draft.pk: "published"}
    assert dict(FollowUp.objects.values_list("pk", "state")) == states
    entry.recommendation.refresh_from_db()
    assert entry.recommendation.verdict == draft
    assert verify().problems == []


def test_a_draft_of_another_reading_is_not_taken(desk: Desk) -> None:
    entry, reading = assessed_entry()
    stranger = actions.start_correction(published_assessment(), by=desk.user)
    chosen = {f"reading-{reading.pk}": str(stranger.pk)}
    refused = desk.fill("followup_withhold", entry.pk, reason="A court order.", **chosen)
    assert ["is not one of the available choices" in message for message in errors(refused)] == [True]
    assert FollowUp.objects.get(pk=entry.pk).state == "published"


def test_other_entries_that_hold_the_same_file_are_named(desk: Desk) -> None:
    draft = FollowUpFactory(evidence=0)
    EvidenceFactory(entry=draft, url="", file=ContentFile(b"law", name="law.pdf"))
    others = actions.log_on_others(
        draft, recommendations=[published_recommendation(), published_recommendation()], by=desk.user
    )
    entry, sibling = actions.publish_several([draft, others[0]], by=desk.user)
    sent_apart, unlike = FollowUpFactory(), FollowUpFactory()
    EvidenceFactory(entry=sent_apart, url="", file=ContentFile(b"law", name="copy.pdf"))
    EvidenceFactory(entry=unlike, url="", file=ContentFile(b"other law", name="law.pdf"))
    page = desk.open("followup_withhold", entry.pk).content.decode()
    assert "The file “law.pdf” is also held by" in page
    assert f'href="{desk.address("followup_change", sibling.pk)}">{sibling.reference}</a>' in page
    for named in (others[1], sent_apart):
        assert f"{named.recommendation.reference} (draft)</a>" in page
    assert unlike.recommendation.reference not in page


def test_its_own_unfinished_correction_goes_with_it_and_is_not_named(desk: Desk) -> None:
    draft = FollowUpFactory(evidence=0)
    EvidenceFactory(entry=draft, url="", file=ContentFile(b"law", name="law.pdf"))
    entry = actions.publish(draft, by=desk.user)
    actions.start_correction(entry, by=desk.user)
    assert "is also held by" not in desk.open("followup_withhold", entry.pk).content.decode()
