"""The synthetic record on which pages are measured is a record: it verifies, its copies follow, its pages answer."""

import pytest
from django.db import connection
from django.test import Client

from tests.admin_desk import Desk
from tests.bench.lifelike import SIZES, fill
from tests.bench.measuring import MANY
from tests.bench.pages import A_REFERENCE, FILES, LIST_ON, PLAINEST, Keys, pages
from tests.factories import AdministratorFactory
from tracker.models import Actor, FollowUp, Recommendation, RecordHead, Roundtable
from tracker.record.copies import differences
from tracker.record.counting import miscounted
from tracker.record.verification import verify
from tracker.search.documents import differences as search_differences
from tracker.search.entry_documents import entry_differences

pytestmark = pytest.mark.django_db

SIZE = SIZES[0] + 3


@pytest.mark.usefixtures("real_record")
def test_a_lifelike_record_is_a_record() -> None:
    before = Recommendation.objects.count(), FollowUp.objects.count(), Roundtable.objects.count()
    fill(SIZE)
    fill_adds = Recommendation.objects.count(), FollowUp.objects.count(), Roundtable.objects.count()
    assert fill_adds == (before[0] + SIZE, before[1] + 3 * SIZE, before[2] + 2)
    outcome = verify()
    assert (outcome.problems, outcome.events) == ([], RecordHead.objects.get().sequence)
    assert list(differences()) == []
    assert [*search_differences(), *entry_differences(), *miscounted()] == []
    connection.check_constraints()


@pytest.mark.usefixtures("real_record")
def test_every_page_that_is_measured_answers() -> None:
    fill(SIZE)
    entry = FollowUp.objects.get(reference=f"{A_REFERENCE}-F1")
    words, actors = entry.recommendation, Actor.objects.filter(slug__in=["governments", "iom"]).order_by("-slug")
    iom, governments = (actor.pk for actor in actors)
    roundtable, year = words.roundtable, words.last_followup_on.year
    keys = Keys(words.pk, entry.pk, roundtable.pk, roundtable.forum_id, iom, governments, year)
    visitor, staff = Client(), Desk(AdministratorFactory()).client
    too_small = {LIST_ON: 400, "/admin/tracker/followup/?p=5": 302}  # to have such a page
    for page in pages(keys):
        answer = (staff if page.at_the_desk else visitor).get(page.address)
        assert (page.name, answer.status_code) == (page.name, too_small.get(page.address, 200))
    for address in (*MANY, *FILES, PLAINEST):
        assert (address, visitor.get(address).status_code) == (address, 200)
