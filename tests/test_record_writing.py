"""``writing``: one lock, one transaction, one writing of what is derived, however deep it is nested."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import published_entry, published_recommendation
from tracker.models import RecordHead, SearchDocument, SearchStale
from tracker.record.chain import writing

pytestmark = pytest.mark.django_db


def test_many_publications_in_one_write_each_document_once() -> None:
    recommendation = published_recommendation()
    with CaptureQueriesContext(connection) as queries, writing():
        for title in ("Bilateral agreement", "Regional framework"):
            published_entry(recommendation=recommendation, title=title)
    insertion = f'INSERT INTO "{SearchDocument._meta.db_table}"'
    assert len([one for one in queries.captured_queries if one["sql"].startswith(insertion)]) == 1
    record = SearchDocument.objects.get(pk=recommendation.pk).record
    assert ("wbilateral" in record, "wregional" in record) == (True, True)
    assert not SearchStale.objects.exists()


def test_what_fails_inside_leaves_the_next_writer_free() -> None:
    before = RecordHead.objects.get().version
    with pytest.raises(ZeroDivisionError), writing(), writing():
        raise ZeroDivisionError
    published_entry()
    assert RecordHead.objects.get().version > before
    assert not SearchStale.objects.exists()
