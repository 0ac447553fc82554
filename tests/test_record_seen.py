"""What the public sees is told by whatever way it was written: the page is another at the next request."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client

from tests.admin_desk import Desk
from tests.factories import (
    ActorFactory,
    AdministratorFactory,
    CollectiveFactory,
    FollowUpFactory,
    ReviewerFactory,
    ThemeFactory,
    published_entry,
)
from tests.releases import Release
from tracker import actions
from tracker.models import Actor, Membership, Recommendation, RecordHead, Theme
from tracker.record.chain import writing
from tracker.record.seen import public_tables

pytestmark = pytest.mark.django_db

THEME, ACTOR = "/themes/data/", "/actors/utopia/"


def execute(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def by_a_form(directory: Path) -> str:
    Desk(AdministratorFactory()).fill("theme_change", Theme.objects.get().pk, name_en="New words")
    return THEME


def by_saving(directory: Path) -> str:
    theme = Theme.objects.get()
    theme.name_en = "New words"
    theme.save()
    return THEME


def by_an_update_of_many(directory: Path) -> str:
    Theme.objects.update(name_en="New words")
    return THEME


def by_bulk_update(directory: Path) -> str:
    theme = Theme.objects.get()
    theme.name_en = "New words"
    Theme.objects.bulk_update([theme], ["name_en"])
    return THEME


def by_loaddata(directory: Path) -> str:
    row = {"model": "tracker.theme", "pk": Theme.objects.get().pk, "fields": {"slug": "data", "name_en": "New words"}}
    file = directory / "themes.json"
    file.write_text(json.dumps([row]))
    call_command("loaddata", str(file), verbosity=0)
    return THEME


def by_sql(directory: Path) -> str:
    execute("UPDATE tracker_theme SET name_en = %s", "New words")
    return THEME


def by_an_inline(directory: Path) -> str:
    collective = CollectiveFactory(name_en="New words")
    typed = {"seats-TOTAL_FORMS": "1", "seats-0-collective": collective.pk}
    answer = Desk(AdministratorFactory()).fill("actor_change", Actor.objects.get(slug="utopia").pk, **typed)
    assert answer.status_code == 302
    assert Membership.objects.exists()
    return ACTOR


def by_an_import(directory: Path) -> str:
    release = Release(directory)
    call_command("load_reference_data", fixtures=release.write(), verbosity=0)
    return "/forums/"


def by_a_publication(directory: Path) -> str:
    entry = FollowUpFactory(actor=Actor.objects.get(slug="utopia"), title="New words")
    actions.publish(entry, by=ReviewerFactory())
    return ACTOR


def by_a_theme_of_a_recommendation(directory: Path) -> str:
    recommendation = published_entry().recommendation
    Recommendation.objects.filter(pk=recommendation.pk).update(headline_en="New words")
    recommendation.themes.add(Theme.objects.get())
    return THEME


WAYS: list[Callable[[Path], str]] = [
    by_a_form,
    by_saving,
    by_an_update_of_many,
    by_bulk_update,
    by_loaddata,
    by_sql,
    by_an_inline,
    by_an_import,
    by_a_publication,
    by_a_theme_of_a_recommendation,
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_change_is_seen_at_the_next_request_by_whatever_way(way: Any, tmp_path: Path) -> None:
    ThemeFactory(slug="data", name_en="Old words")
    ActorFactory(slug="utopia", name_en="Utopia")
    client = Client()
    tags = {page: client.get(page).headers["ETag"] for page in (THEME, ACTOR, "/forums/")}
    page = way(tmp_path)
    answer = client.get(page, headers={"if-none-match": tags[page]})
    assert answer.status_code == 200
    assert ("New words" if page != "/forums/" else "Utopia") in answer.content.decode()


def version() -> int:
    return RecordHead.objects.get().version


@pytest.mark.parametrize("table", public_tables())
def test_every_table_behind_a_page_tells(table: str) -> None:
    before = version()
    # No row is needed: PostgreSQL tells of statements. On SQLite the triggers are read.
    if connection.vendor == "postgresql":
        execute(f"DELETE FROM {table} WHERE 1 = 0")
        assert version() == before + 1
    else:
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
            names = {name for (name,) in cursor.fetchall()}
        assert {f"seen_{table}_{operation}" for operation in ("insert", "update", "delete")} <= names


def test_tables_behind_pages_are_all_but_the_desks() -> None:
    assert {"tracker_actor", "tracker_recommendation_themes", "tracker_entrytranslation"} <= set(public_tables())
    assert [name for name in public_tables() if "historical" in name or "user" in name or "head" in name] == []


def test_what_is_no_page_tells_nothing() -> None:
    before = version()
    user = AdministratorFactory()
    type(user).objects.filter(pk=user.pk).update(first_name="Ana")
    assert version() == before


@pytest.mark.engine("postgresql")
def test_writing_tells_once_of_many_statements() -> None:
    before = version()
    with writing():
        for _ in range(3):
            ThemeFactory()
    assert version() == before + 1
    ThemeFactory()
    assert version() == before + 2


@pytest.mark.engine("postgresql")
def test_writing_that_failed_leaves_others_telling() -> None:
    before = version()
    with pytest.raises(IntegrityError), writing():
        Theme.objects.bulk_create([Theme(slug="twice"), Theme(slug="twice")])
    assert version() == before
    ThemeFactory()
    assert version() == before + 1


def test_a_rolled_back_change_tells_nothing() -> None:
    before = version()
    with transaction.atomic():
        ThemeFactory()
        transaction.set_rollback(True)
    assert version() == before
    assert not Theme.objects.exists()
