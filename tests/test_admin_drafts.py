"""The drafts of a roundtable: corrected in place, previewed as the public page, published together."""

import pytest
from django.test import Client

from tests.admin_desk import Desk, said, sent_by
from tests.factories import (
    CollectiveFactory,
    ConclusionFactory,
    EditorFactory,
    RecommendationFactory,
    ReviewerFactory,
    RoundtableFactory,
    published_recommendation,
)
from tests.test_admin_pasting import messages
from tests.test_admin_queries import asked
from tests.test_admin_two_at_once import at_once
from tracker.models import Recommendation, RecordEvent

pytestmark = pytest.mark.django_db


class TestDrafts:
    """Correcting in place."""

    def test_all_are_saved_together(self) -> None:
        first, second = RecommendationFactory(), RecommendationFactory()
        desk = Desk(EditorFactory())
        answer = desk.fill(
            "roundtable_drafts",
            first.roundtable_id,
            **{"rows-0-number": "2", "rows-1-number": "1", "rows-1-headline": "Second, now first"},
        )
        assert said(desk.client.get(answer.url)) == ["2 drafts were changed."]
        assert list(Recommendation.objects.order_by("number").values_list("pk", "reference", "headline_en")) == [
            (second.pk, "GFMD-2010-RT1-01", "Second, now first"),
            (first.pk, "GFMD-2010-RT1-02", "Thing 1 of RT1"),
        ]

    def test_a_draft_is_deleted(self) -> None:
        first, desk = RecommendationFactory(), Desk(EditorFactory())
        answer = desk.fill("roundtable_drafts", first.roundtable_id, **{"rows-0-DELETE": "on"})
        assert said(desk.client.get(answer.url)) == ["0 drafts were changed. 1 draft was deleted."]
        assert "The roundtable has no drafts." in desk.client.get(answer.url).content.decode()

    def test_a_draft_that_is_referred_to_stays_and_the_rest_is_not_saved(self) -> None:
        referred = ConclusionFactory(tracked_as=RecommendationFactory()).tracked_as
        RecommendationFactory()
        desk = Desk(EditorFactory())
        typed = {"rows-0-DELETE": "on", "rows-1-headline": "Typed"}
        answer = desk.fill("roundtable_drafts", referred.roundtable_id, **typed)
        assert answer.context["refusal"].startswith("GFMD-2010-RT1-01 cannot be deleted")
        assert sent_by(answer)["rows-1-headline"] == "Typed"
        assert Recommendation.objects.filter(headline_en="Typed").count() == 0

    def test_the_second_to_save_sees_both_versions_and_may_then_save(self) -> None:
        draft, desk = RecommendationFactory(), Desk(EditorFactory())
        opened = desk.form("roundtable_drafts", draft.roundtable_id)
        desk.fill("roundtable_drafts", draft.roundtable_id, **{"rows-0-words": "Theirs."})
        answer = desk.send("roundtable_drafts", draft.roundtable_id, typed={**opened, "rows-0-words": "Mine."})
        assert "It now reads: 1, “Theirs.”, headline “Thing 1 of RT1”, Request." in messages(answer)[0]
        again = sent_by(answer)
        assert again["rows-0-words"] == "Mine."
        assert desk.send("roundtable_drafts", draft.roundtable_id, typed=again).status_code == 302
        assert Recommendation.objects.get().official_text == "Mine."

    def test_a_draft_that_was_published_meanwhile_is_not_touched(self) -> None:
        draft, desk = RecommendationFactory(), Desk(ReviewerFactory())
        opened = desk.form("roundtable_drafts", draft.roundtable_id)
        desk.fill("recommendation_publish", draft.pk)
        sent = {**opened, "rows-0-words": "Mine."}
        answer = desk.send("roundtable_drafts", draft.roundtable_id, typed=sent)
        assert messages(answer)[0] == "This draft was published or deleted meanwhile. Leave the row out."
        desk.send("roundtable_drafts", draft.roundtable_id, typed={**sent, "rows-0-DELETE": "on"})
        assert Recommendation.objects.get().official_text == draft.official_text

    def test_the_key_of_another_roundtables_draft_changes_nothing(self) -> None:
        draft, other = RecommendationFactory(), RecommendationFactory(roundtable=RoundtableFactory())
        desk = Desk(EditorFactory())
        sent = desk.form("roundtable_drafts", draft.roundtable_id) | {"rows-0-key": str(other.pk)}
        answer = desk.send("roundtable_drafts", draft.roundtable_id, typed={**sent, "rows-0-words": "Mine."})
        assert answer.status_code == 200
        assert Recommendation.objects.filter(official_text="Mine.").count() == 0


class TestPreviewAndPublish:
    """The page as it will be, and its button."""

    def test_the_preview_is_the_public_page_with_the_drafts_in_it(self) -> None:
        published_recommendation(headline_en="Public")
        draft = RecommendationFactory(headline_en="Draft <b>")
        roundtable, desk = draft.roundtable, Desk(EditorFactory())
        page = desk.client.get(desk.address("roundtable_preview", roundtable.pk))
        text = page.content.decode()
        assert ("Draft &lt;b&gt;" in text, "Public" in text, "Publish these" in text) == (True, True, False)
        assert desk.address("recommendation_change", draft.pk) in text
        assert "no-store" in page.headers["Cache-Control"]
        assert "Draft &lt;b&gt;" not in Client().get(roundtable.get_absolute_url()).content.decode()

    def test_the_preview_names_the_drafts_that_address_nobody(self) -> None:
        first = RecommendationFactory(addressed=[CollectiveFactory()])
        lonely, desk = RecommendationFactory(), Desk(EditorFactory())
        page = desk.open("roundtable_preview", first.roundtable_id)
        assert page.context["unaddressed"] == [lonely]
        assert desk.address("roundtable_responsibilities", first.roundtable_id) in page.content.decode()

    def test_what_was_seen_is_published_together(self) -> None:
        drafts, desk = [RecommendationFactory(), RecommendationFactory()], Desk(ReviewerFactory())
        roundtable = drafts[0].roundtable
        preview = desk.open("roundtable_preview", roundtable.pk)
        assert "Publish these 2" in preview.content.decode()
        answer = desk.send("roundtable_publish", roundtable.pk, typed=sent_by(preview))
        assert answer.url == desk.address("roundtable_change", roundtable.pk)
        assert said(desk.client.get(answer.url)) == [
            '2 recommendations are published. <a href="/forums/2010/roundtables/rt1/">The public page</a>'
        ]
        assert [one.state for one in Recommendation.objects.all()] == ["published"] * 2
        again = desk.send("roundtable_publish", roundtable.pk, typed=sent_by(preview))
        assert said(desk.client.get(again.url)) == ["The roundtable has no drafts: nothing was published."]
        assert RecordEvent.objects.filter(kind="recommendation_published").count() == 2

    def test_drafts_that_changed_since_the_preview_are_looked_at_again(self) -> None:
        draft, desk = RecommendationFactory(), Desk(ReviewerFactory())
        seen = sent_by(desk.open("roundtable_preview", draft.roundtable_id))
        desk.fill("roundtable_drafts", draft.roundtable_id, **{"rows-0-words": "Other words."})
        answer = desk.send("roundtable_publish", draft.roundtable_id, typed=seen)
        assert "no longer those that you saw" in desk.client.get(answer.url).content.decode()
        assert Recommendation.objects.get().state == "draft"

    def test_one_that_cannot_be_published_is_named_and_none_is(self) -> None:
        RecommendationFactory()
        wrong = RecommendationFactory(official_text=" ")
        desk = Desk(ReviewerFactory())
        seen = sent_by(desk.open("roundtable_preview", wrong.roundtable_id))
        answer = desk.send("roundtable_publish", wrong.roundtable_id, typed=seen)
        said_there = desk.client.get(answer.url).content.decode()
        assert "Nothing was published. GFMD-2010-RT1-02: Enter the official words before publishing." in said_there
        assert Recommendation.objects.public().count() == 0

    def test_the_button_without_the_preview_leads_to_it(self) -> None:
        draft, desk = RecommendationFactory(), Desk(ReviewerFactory())
        answer = desk.open("roundtable_publish", draft.roundtable_id)
        assert answer.url == desk.address("roundtable_preview", draft.roundtable_id)


@pytest.mark.django_db(transaction=True)
def test_two_reviewers_publish_the_same_drafts_at_once_and_they_are_published_once() -> None:
    roundtable = RecommendationFactory().roundtable
    RecommendationFactory()
    desks = [Desk(ReviewerFactory()) for _number in range(3)]
    seen = [sent_by(desk.open("roundtable_preview", roundtable.pk)) for desk in desks]
    answers = at_once(
        *(
            lambda desk=desk, typed=typed: desk.send("roundtable_publish", roundtable.pk, typed=typed)
            for desk, typed in zip(desks, seen, strict=True)
        )
    )
    address, preview = (desks[0].address(f"roundtable_{name}", roundtable.pk) for name in ("change", "preview"))
    assert sorted(answer.url for answer in answers) == sorted([address, preview, preview])
    assert RecordEvent.objects.filter(kind="recommendation_published").count() == 2


@pytest.mark.parametrize(
    "forged",
    [
        {"rows-TOTAL_FORMS": "999999999"},
        {"rows-TOTAL_FORMS": "x"},
        {"rows-INITIAL_FORMS": "0", **dict.fromkeys(("rows-0-number", "rows-0-words", "rows-0-headline"), "")},
        {"rows-0-key": "9" * 40},
        {"rows-0-key": "x"},
        {"rows-0-started_from": "0"},
        {"rows-0-number": "9" * 40},
        {"rows-0-number": "0"},
        {"rows-0-nature": "wish"},
        {"rows-0-words": "x" * 100_001},
        {"rows-0-words": " "},
        {"rows-0-headline": "\0"},
    ],
)
def test_a_forged_table_of_drafts_changes_nothing(forged: dict[str, str]) -> None:
    draft, desk = RecommendationFactory(), Desk(EditorFactory())
    typed = desk.form("roundtable_drafts", draft.roundtable_id) | {"rows-0-headline": "Forged", **forged}
    assert desk.send("roundtable_drafts", draft.roundtable_id, typed=typed).status_code == 200
    assert (Recommendation.objects.get().headline_en, Recommendation.objects.get().version) == ("Thing 1 of RT1", 1)


@pytest.mark.parametrize("name", ["roundtable_drafts", "roundtable_preview", "roundtable_responsibilities"])
def test_a_page_of_a_roundtable_asks_as_much_for_one_row_as_for_a_hundred(name: str) -> None:
    desk, roundtable, found = Desk(ReviewerFactory()), RoundtableFactory(), []
    for rows in (1, 99):
        for _number in range(rows):
            RecommendationFactory(roundtable=roundtable)
        found.append(asked(desk, name, roundtable.pk))
    assert found == [NUMBERS[name]] * 2


NUMBERS = {"roundtable_drafts": 6, "roundtable_preview": 11, "roundtable_responsibilities": 8}


@pytest.mark.parametrize("name", ["paste", "drafts", "publish", "responsibilities"])
def test_a_page_about_no_roundtable_says_so(name: str) -> None:
    desk = Desk(ReviewerFactory())
    answer = desk.client.get(desk.address(f"roundtable_{name}", 10**12), follow=True)
    assert said(answer) == ["roundtable with ID “1000000000000” doesn’t exist. Perhaps it was deleted?"]
