"""What drafting a Chair's document refuses; what it drafts is tested with the reading of documents."""

import pytest

from tests.factories import EditorFactory
from tests.refusals import assert_refused
from tracker.actions.importing import DocumentDraft, ForumDraft, draft_document

pytestmark = pytest.mark.django_db


def test_a_new_forum_needs_its_days() -> None:
    said = assert_refused("forum_days_missing", draft_document, DocumentDraft(ForumDraft(2031)), by=EditorFactory())
    assert "2031" in said
