"""Logging from where one stands, the next one from the same source, and what may be logged already."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from tests.admin_desk import Desk, errors, sent_by
from tests.factories import (
    ActorFactory,
    FollowUpFactory,
    ForumFactory,
    RecommendationFactory,
    ReviewerFactory,
    RoundtableFactory,
    published_entry,
    published_recommendation,
)
from tracker import actions
from tracker.models import FollowUp

pytestmark = pytest.mark.django_db

LINK = "https://gazette.example.org/law"
LOGGED = {"when": "May 2011", "title": "A law was adopted", "relation": "same_subject"}
SOURCE = {"evidence-0-citation": "Gazette & more", "evidence-0-url": LINK}


@pytest.fixture
def desk() -> Desk:
    return Desk(ReviewerFactory())


def choices(desk: Desk, query: str) -> list[str]:
    field = desk.open("followup_add", query=query).context["adminform"].form.fields["recommendations"]
    assert field.widget.input_type == "checkbox"
    return [str(label).split()[0] for value, label in field.choices]


def test_an_actor_leads_to_a_form_that_names_it(desk: Desk) -> None:
    actor = ActorFactory()
    address = f"{reverse('admin:tracker_followup_add')}?actor={actor.pk}"
    assert address in desk.open("actor_change", actor.pk).content.decode()
    assert sent_by(desk.client.get(address))["actor"] == str(actor.pk)


def test_a_roundtable_and_a_forum_offer_their_published_recommendations(desk: Desk) -> None:
    part, other = RoundtableFactory(), RoundtableFactory()
    first, second = published_recommendation(roundtable=part), published_recommendation(roundtable=other)
    RecommendationFactory(roundtable=part)
    published_recommendation(roundtable=RoundtableFactory(forum=ForumFactory()))
    address = f"{reverse('admin:tracker_followup_add')}?roundtable={part.pk}"
    assert address in desk.open("roundtable_change", part.pk).content.decode()
    assert choices(desk, f"?roundtable={part.pk}") == [first.reference]
    assert choices(desk, f"?forum={part.forum_id}") == [first.reference, second.reference]


@pytest.mark.parametrize("query", ["?roundtable=x", "?forum=²", "?forum=99", "?roundtable=" + "9" * 30])
def test_a_place_that_is_none_leaves_the_form_as_it_is(desk: Desk, query: str) -> None:
    page = desk.open("followup_add", query=query)
    assert page.status_code == 200
    assert "admin-autocomplete" in page.content.decode()


def test_the_next_one_keeps_actor_source_and_place(desk: Desk) -> None:
    recommendation, actor = published_recommendation(), ActorFactory()
    query = f"?roundtable={recommendation.roundtable_id}"
    typed = {**LOGGED, **SOURCE, "recommendations": recommendation.pk, "actor": actor.pk}
    form = {**desk.form("followup_add", query=query), **typed, "_publish_another": "1"}
    answer = desk.client.post(desk.address("followup_add") + query, form)
    assert FollowUp.objects.get().state == "published"
    following = desk.client.get(answer.url)
    kept = sent_by(following)
    assert {name: kept[name] for name in ("actor", *SOURCE)} == {"actor": str(actor.pk), **SOURCE}
    assert (kept["title"], kept["when"], kept.get("recommendations", "")) == ("", "", "")
    # What was kept is saved, although nobody typed it.
    second = published_recommendation()
    again = {**kept, **LOGGED, "recommendations": second.pk, "_publish": "1"}
    assert desk.client.post(answer.url, again).status_code == 302
    assert FollowUp.objects.get(recommendation=second).evidence.get().url == LINK


def test_only_those_who_publish_publish_and_log_another(desk: Desk) -> None:
    correction = actions.start_correction(published_entry(), by=desk.user)
    button = 'name="_publish_another"'
    assert button in desk.open("followup_add").content.decode()
    assert button not in desk.open("followup_change", correction.pk).content.decode()


@pytest.fixture
def earlier() -> FollowUp:
    draft = FollowUpFactory(occurred_from=dt.date(2011, 5, 1), occurred_until=dt.date(2011, 5, 31), evidence=0)
    draft.evidence.create(citation="Gazette", url=LINK, position=1)
    return draft


def log(desk: Desk, entry: FollowUp, **typed: Any) -> Any:
    same = {"recommendations": entry.recommendation_id, "actor": entry.actor_id, **SOURCE, **LOGGED}
    return desk.fill("followup_add", **{**same, **typed})


@pytest.mark.parametrize(
    "typed",
    [{"title": "Another name", "when": "2012"}, {"title": "a LAW was adopted", "evidence-0-url": "https://x.example/"}],
)
def test_what_may_be_logged_already_is_shown_and_goes_through_when_sent_again(
    desk: Desk, earlier: FollowUp, typed: dict[str, str]
) -> None:
    shown = log(desk, earlier, **typed)
    assert errors(shown) == [
        "This may be logged already: compare it with what is shown. If it is another, press the button again."
    ]
    assert desk.address("followup_change", earlier.pk) in shown.content.decode()
    assert FollowUp.objects.count() == 1
    kept = sent_by(shown)
    expected = {**LOGGED, **SOURCE, **typed}
    assert {name: kept[name] for name in expected} == expected
    assert desk.send("followup_add", typed=kept).status_code == 302
    assert FollowUp.objects.count() == 2


@pytest.mark.parametrize(
    "typed",
    [{"title": "Another name", "evidence-0-url": ""}, {"when": "2012", "evidence-0-url": ""}, {"actor": "other"}],
)
def test_what_differs_is_saved_at_once(desk: Desk, earlier: FollowUp, typed: dict[str, str]) -> None:
    if "actor" in typed:
        typed = {"actor": ActorFactory().pk}
    assert log(desk, earlier, **typed).status_code == 302


def test_the_same_on_another_recommendation_is_no_duplicate(desk: Desk, earlier: FollowUp) -> None:
    assert log(desk, earlier, recommendations=published_recommendation().pk).status_code == 302


def test_a_draft_is_compared_only_when_what_is_compared_changes(desk: Desk, earlier: FollowUp) -> None:
    log(desk, earlier, title="Another name", **{"evidence-0-url": ""})
    draft = FollowUp.objects.exclude(pk=earlier.pk).get()
    assert desk.fill("followup_change", draft.pk, body="More.").status_code == 302
    assert len(errors(desk.fill("followup_change", draft.pk, title=earlier.title))) == 1


def test_neither_what_was_taken_back_nor_what_is_corrected_resembles(desk: Desk) -> None:
    entry = published_entry()
    draft = actions.start_correction(entry, by=desk.user)
    assert list(FollowUp.objects.resembling(draft)) == []
    assert list(FollowUp.objects.resembling(entry)) == [draft]
    actions.retract(entry, by=desk.user, reason="Wrong.")
    copy = FollowUpFactory(recommendation=entry.recommendation, actor=entry.actor)
    assert list(FollowUp.objects.resembling(copy)) == [draft]
