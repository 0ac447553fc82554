"""Pasting recommendations: from a text to drafts, and nothing that was typed is lost."""

from typing import Any

import pytest
from django.test import Client

from tests.admin_desk import Desk, said, sent_by
from tests.factories import (
    CollectiveFactory,
    EditorFactory,
    RecommendationFactory,
    ReviewerFactory,
    RoundtableFactory,
)
from tests.test_admin_two_at_once import at_once
from tracker.models import Recommendation, Roundtable

pytestmark = pytest.mark.django_db
LIST = "1. Share data on <b>fees</b>.\n2. Lower the\n   fees.\n"


def paste(desk: Desk, roundtable: Roundtable, text: str, **typed: Any) -> Any:
    """Paste a text, and return the page that shows its recommendations one by one."""
    return desk.fill("roundtable_paste", roundtable.pk, text=text, **typed)


def messages(answer: Any) -> list[str]:
    """Return what the rows say is wrong, with what is wrong with all of them."""
    rows = answer.context["rows"]
    of_rows = [str(one) for of_row in rows.errors for found in of_row.values() for one in found]
    return of_rows + [str(one) for one in rows.non_form_errors()]


class TestPasting:
    """From a text to drafts."""

    def test_the_list_is_shown_before_anything_is_saved(self) -> None:
        before = RecommendationFactory()
        answer = paste(Desk(EditorFactory()), before.roundtable, LIST, nature="finding")
        assert [form.initial for form in answer.context["rows"]] == [
            {
                "number": 2,
                "words": "Share data on <b>fees</b>.",
                "headline": "Share data on <b>fees</b>",
                "nature": "finding",
            },
            {"number": 3, "words": "Lower the fees.", "headline": "Lower the fees", "nature": "finding"},
        ]
        assert "<b>fees" not in answer.content.decode()
        assert Recommendation.objects.count() == 1

    def test_what_was_mended_is_saved_as_drafts(self) -> None:
        roundtable, desk = RoundtableFactory(), Desk(EditorFactory())
        typed = sent_by(paste(desk, roundtable, LIST, language="en", source_document="The Chair's conclusions"))
        answer = desk.send(
            "roundtable_paste",
            roundtable.pk,
            typed={**typed, "rows-0-words": "Share data.", "rows-1-nature": "principle"},
        )
        assert answer.url == desk.address("roundtable_drafts", roundtable.pk)
        columns = ("reference", "official_text", "nature", "state", "official_language", "source_document")
        source = ("draft", "en", "The Chair's conclusions")
        assert list(Recommendation.objects.order_by("number").values_list(*columns)) == [
            ("GFMD-2010-RT1-01", "Share data.", "request", *source),
            ("GFMD-2010-RT1-02", "Lower the fees.", "principle", *source),
        ]
        shown = desk.client.get(answer.url)
        assert said(shown) == ["2 drafts were saved: GFMD-2010-RT1-01, GFMD-2010-RT1-02."]

    def test_a_row_may_be_left_out_whatever_stands_in_it(self) -> None:
        roundtable, desk = RoundtableFactory(), Desk(EditorFactory())
        typed = sent_by(paste(desk, roundtable, LIST)) | {"rows-0-DELETE": "on", "rows-0-headline": ""}
        desk.send("roundtable_paste", roundtable.pk, typed=typed | {"rows-1-number": "1"})
        assert [draft.reference for draft in Recommendation.objects.all()] == ["GFMD-2010-RT1-01"]

    def test_what_is_recorded_is_not_proposed_again(self) -> None:
        RecommendationFactory(official_text="Lower  the FEES.")
        roundtable = Roundtable.objects.get()
        answer = paste(Desk(EditorFactory()), roundtable, LIST)
        assert [form.initial["words"] for form in answer.context["rows"]] == ["Share data on <b>fees</b>."]
        assert answer.context["left_out"] == 1

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("", "Paste the recommendations."),
            ("-\n-\n", "All of this is recorded in the roundtable already, or is empty."),
            ("Thing 1\x00", "An invisible character (NUL) came along with the text"),
            ("\n".join(f"- Do {n}" for n in range(201)), "These are 201 recommendations: paste at most 200 at a time."),
            ("x" * 200_001, "Ensure this value has at most 200000 characters (it has 200001)."),
        ],
    )
    def test_a_list_that_cannot_be_used_is_refused_and_kept(self, text: str, sentence: str) -> None:
        answer = paste(Desk(EditorFactory()), RoundtableFactory(), text)
        assert answer.context["form"].errors["text"][0].startswith(sentence)
        assert answer.context["form"]["text"].value() == text

    def test_an_error_in_a_row_keeps_all_that_was_typed(self) -> None:
        first, desk = RecommendationFactory(), Desk(EditorFactory())
        typed = sent_by(paste(desk, first.roundtable, LIST + "3. Train\n4. Teach"))
        typed |= {"rows-0-number": "1", "rows-1-words": first.official_text.upper(), "rows-2-headline": "x" * 81}
        typed |= {"rows-3-words": "\0"}
        answer = desk.send("roundtable_paste", first.roundtable_id, typed=typed)
        assert messages(answer) == [
            "GFMD-2010-RT1-01 has this number.",
            "These are the words of GFMD-2010-RT1-01.",
            "Ensure this value has at most 80 characters (it has 81).",
            "An invisible character (NUL) came along with the text, as happens when copying: remove it or type anew.",
        ]
        again = sent_by(answer)
        assert {name: again[name] for name in typed if name.startswith("rows-")} == {
            name: value for name, value in typed.items() if name.startswith("rows-")
        }
        assert Recommendation.objects.count() == 1

    def test_rows_may_not_share_a_number_or_words(self) -> None:
        roundtable, desk = RoundtableFactory(), Desk(EditorFactory())
        typed = sent_by(paste(desk, roundtable, LIST)) | {
            "rows-1-number": "1",
            "rows-1-words": "share data on <b>fees</b>.",
        }
        answer = desk.send("roundtable_paste", roundtable.pk, typed=typed)
        assert messages(answer) == ["row 1 has this number.", "These are the words of row 1."]

    def test_nothing_but_rows_left_out_is_refused(self) -> None:
        roundtable, desk = RoundtableFactory(), Desk(EditorFactory())
        typed = sent_by(paste(desk, roundtable, "Only one"))
        answer = desk.send("roundtable_paste", roundtable.pk, typed=typed | {"rows-0-DELETE": "on"})
        assert messages(answer) == ["Every row is left out: there is nothing to save."]

    def test_words_in_another_language_need_a_headline_of_ours(self) -> None:
        roundtable, desk = RoundtableFactory(), Desk(EditorFactory())
        answer = paste(desk, roundtable, "Partager les données", language="fr")
        assert answer.context["rows"][0].initial["headline"] == ""
        typed = sent_by(answer) | {"rows-0-headline": "Share\r\n data"}
        assert desk.send("roundtable_paste", roundtable.pk, typed=typed).status_code == 302
        draft = Recommendation.objects.get()
        assert (draft.official_language, draft.headline_en) == ("fr", "Share data")


class TestSignedInAgain:
    """A sign-in that expired while somebody typed."""

    def over(self, desk: Desk, name: str, roundtable: Roundtable, typed: dict[str, Any]) -> Any:
        """Send what was typed without a sign-in, and sign in; return the page that is then shown."""
        desk.user.set_password("a-long-pass-phrase")
        desk.user.save()
        desk.client = Client()
        page = desk.send(name, roundtable.pk, typed=typed)
        assert "Sign in and go on" in page.content.decode()
        named = {"username": desk.user.username, "password": "a-long-pass-phrase"}
        return desk.send(name, roundtable.pk, button="sign_in_again", typed={**sent_by(page), **named})

    def test_a_pasted_list_is_still_there(self) -> None:
        desk, roundtable = Desk(EditorFactory()), RoundtableFactory()
        typed = desk.form("roundtable_paste", roundtable.pk) | {"text": LIST}
        page = self.over(desk, "roundtable_paste", roundtable, typed)
        assert len(page.context["rows"].forms) == 2

    def test_a_table_is_shown_as_it_was_typed_before_it_is_saved(self) -> None:
        desk, roundtable = Desk(EditorFactory()), RoundtableFactory()
        typed = sent_by(paste(desk, roundtable, LIST)) | {"rows-1-headline": "Typed"}
        page = self.over(desk, "roundtable_paste", roundtable, typed)
        assert (sent_by(page)["rows-1-headline"], Recommendation.objects.count()) == ("Typed", 0)
        desk.send("roundtable_paste", roundtable.pk, typed=sent_by(page))
        assert Recommendation.objects.count() == 2

    def test_drafts_and_choices_are_shown_as_they_were_made(self) -> None:
        desk, draft, actor = Desk(EditorFactory()), RecommendationFactory(), CollectiveFactory()
        typed = desk.form("roundtable_drafts", draft.roundtable_id) | {"rows-0-words": "Typed"}
        assert sent_by(self.over(desk, "roundtable_drafts", draft.roundtable, typed))["rows-0-words"] == "Typed"
        choice = f"r{draft.pk}-{actor.pk}"
        typed = desk.form("roundtable_responsibilities", draft.roundtable_id) | {choice: "inferred"}
        page = self.over(desk, "roundtable_responsibilities", draft.roundtable, typed)
        assert (sent_by(page)[choice], draft.responsibilities.count()) == ("inferred", 0)

    def test_the_preview_is_looked_at_again_before_it_is_published(self) -> None:
        desk, draft = Desk(ReviewerFactory()), RecommendationFactory()
        seen = sent_by(desk.open("roundtable_preview", draft.roundtable_id))
        answer = self.over(desk, "roundtable_publish", draft.roundtable, seen)
        assert answer.url == desk.address("roundtable_preview", draft.roundtable_id)
        assert Recommendation.objects.get().state == "draft"


@pytest.mark.django_db(transaction=True)
def test_a_table_of_drafts_sent_twice_is_saved_once() -> None:
    roundtable, desk = RoundtableFactory(), Desk(EditorFactory())
    typed = sent_by(paste(desk, roundtable, LIST))
    answers = at_once(*[lambda: desk.send("roundtable_paste", roundtable.pk, typed=typed)] * 3)
    assert {answer.url for answer in answers} == {desk.address("roundtable_drafts", roundtable.pk)}
    assert Recommendation.objects.count() == 2
