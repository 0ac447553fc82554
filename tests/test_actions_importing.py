"""What drafting a Chair's document refuses; what it drafts is tested with the reading of documents."""

import dataclasses
import datetime as dt

import pytest

from tests.factories import EditorFactory
from tests.refusals import assert_refused
from tracker.actions.importing import DocumentDraft, ForumDraft, StatementDraft, draft_document
from tracker.models import Forum

pytestmark = pytest.mark.django_db


def test_a_new_forum_needs_its_days() -> None:
    said = assert_refused("forum_days_missing", draft_document, DocumentDraft(ForumDraft(2031)), by=EditorFactory())
    assert "2031" in said


HELD = ForumDraft(2031, "Conclusions", opens_on=dt.date(2031, 3, 1), closes_on=dt.date(2031, 3, 2))


@pytest.mark.parametrize(
    ("document", "why"),
    [
        (DocumentDraft(dataclasses.replace(HELD, closes_on=dt.date(2031, 2, 28))), "closing day cannot be before"),
        (DocumentDraft(dataclasses.replace(HELD, year=1999)), "greater than or equal to 2007"),
        (DocumentDraft(HELD, statements=(StatementDraft("", "Words."),)), "(conclusion): This field cannot be blank."),
    ],
    ids=["reversed days", "before the first", "no section"],
)
def test_what_is_not_as_it_must_be_is_refused_in_words_and_nothing_is_written(
    document: DocumentDraft, why: str
) -> None:
    assert why in assert_refused("draft_not_valid", draft_document, document, by=EditorFactory())
    assert Forum.objects.count() == 0
