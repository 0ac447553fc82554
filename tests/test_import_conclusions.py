"""``manage.py import_conclusions``: what it prints, what it drafts, and that it drafts it once."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from tests.factories import ActorFactory, EditorFactory, ForumFactory, ThemeFactory, UserFactory
from tests.installation import PROJECT, Installation
from tracker.actions.importing import DocumentDraft, ForumDraft, PartDraft, RecommendationDraft, draft_document
from tracker.errors import Refused
from tracker.models import Conclusion, Forum, Nature, Recommendation, Responsibility

DOCUMENT = settings.BASE_DIR / "fixtures" / "conclusions-2010.txt"
KILLED = """
import os
from tracker.models import Conclusion
from django.db.models.signals import post_save
seen = []
def die(sender, **kwargs):
    seen.append(sender)
    if len(seen) == 20:
        os.kill(os.getpid(), 9)
post_save.connect(die, sender=Conclusion)
from django.core.management import call_command
call_command("import_conclusions", "fixtures/conclusions-2010.txt")
"""
COUNTED = """
from tracker.models import *
print(Forum.objects.count(), Roundtable.objects.count(), Recommendation.objects.count(), Conclusion.objects.count())
"""


def run(*arguments: str) -> tuple[str, str]:
    """Return what the command prints, and the sentence with which it ends where it fails."""
    out = StringIO()
    try:
        call_command("import_conclusions", *arguments, stdout=out)
    except CommandError as error:
        return out.getvalue(), str(error)
    return out.getvalue(), ""


def told(*arguments: str) -> tuple[dict[str, Any], str]:
    printed, sentence = run(*arguments, "--format", "json")
    return json.loads(printed), sentence


@pytest.mark.django_db
def test_dry_run_tells_all_and_writes_nothing() -> None:
    found, sentence = told(str(DOCUMENT), "--dry-run")
    assert sentence == ""
    assert {"forum", "roundtables", "statements", "warnings"} <= set(found)
    assert [(part["code"], part["number"], len(part["recommendations"])) for part in found["roundtables"]] == [
        ("RT1", 1, 6),
        ("RT2", 2, 4),
        ("RT3", 3, 3),
    ]
    first = found["roundtables"][0]["recommendations"][0]
    assert (first["number"], first["line"], first["notes"]) == (1, 59, [])
    assert {one["proposed"] for one in found["statements"]} == {"conclusion", "closing_item"}
    assert not Forum.objects.exists()


@pytest.mark.django_db
def test_drafts_are_made_once_and_none_is_published() -> None:
    for key in ("governments", "gfmd", "gmg", "governments-origin", "governments-destination", "rcps"):
        ActorFactory(slug=key, is_collective=key != "gfmd")
    ThemeFactory(slug="gender")
    printed, sentence = run(str(DOCUMENT))
    assert sentence == ""
    forum = Forum.objects.get(year=2010)
    assert (str(forum.opens_on), str(forum.closes_on), forum.host_city) == (
        "2010-11-10",
        "2010-11-11",
        "Puerto Vallarta",
    )
    references = Recommendation.objects.order_by("pk").values_list("reference", "state", "nature")
    assert len(references) == 18
    assert references[0] == ("GFMD-2010-RT1-01", "draft", "principle")
    assert references[17] == ("GFMD-2010-FUT-05", "draft", "request")
    named = Responsibility.objects.filter(recommendation__reference="GFMD-2010-RT1-03")
    assert set(named.values_list("actor__key", "addressed")) == {
        ("governments-origin", "explicit"),
        ("governments-destination", "explicit"),
    }
    tracked = Conclusion.objects.exclude(tracked_as=None).values_list("tracked_as__reference", flat=True)
    assert list(tracked) == [f"GFMD-2010-FUT-{number:02d}" for number in range(1, 6)]
    assert printed.splitlines()[-1] == "101 changes."
    assert run(str(DOCUMENT))[0].splitlines()[-1] == "0 changes."


@pytest.mark.django_db
def test_document_without_recommendations_ends_with_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "talk.txt"
    file.write_text("Conclusions of the 2053 GFMD Chair\n\nGovernments should talk.\n")
    found, sentence = told(str(file))
    assert (found["roundtables"], len(found["statements"])) == ([], 1)
    assert sentence.startswith("No recommendations were found")
    assert not Forum.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["", "missing.txt"])
def test_what_is_no_file_ends_with_a_sentence_and_json(tmp_path: Path, name: str) -> None:
    found, sentence = told(str(tmp_path / name))
    assert found["roundtables"] == []
    assert found["warnings"][0]["sentence"] in sentence


@pytest.mark.django_db
def test_two_gigabytes_are_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "huge.pdf"
    with file.open("wb") as opened:
        opened.truncate(2 * 1024**3)
    found, sentence = told(str(file), "--dry-run")
    assert (found["roundtables"], sentence) == (
        [],
        "huge.pdf: This file is larger than 20 MB: take pictures and annexes out of it, then try again.",
    )


@pytest.mark.django_db
def test_days_of_a_forum_that_is_new_are_given(tmp_path: Path) -> None:
    file = tmp_path / "short.txt"
    file.write_text("GFMD Conclusions 2053\n\nRoundtable 1: Days\n\nRecommendations\n\n- Days should be given.\n")
    _printed, sentence = run(str(file))
    assert "does not say from when to when it was held" in sentence
    assert not Forum.objects.exists()
    assert run(str(file), "--opens", "2053-05-01", "--closes", "2053-05-02")[1] == ""
    assert Forum.objects.get().year == 2053


@pytest.mark.django_db
def test_document_without_a_title_is_called_what_it_is(tmp_path: Path) -> None:
    forum = ForumFactory(year=2053)
    file = tmp_path / "bare.txt"
    file.write_text("There were 80 governments.\n\nRoundtable 1: Days\n\nRecommendations\n\n- Give days.\n- ...\n")
    assert run(str(file), "--year", "2053")[1] == ""
    assert list(forum.figures.values_list("value", "citation")) == [(80, "Conclusions of the Chair")]
    assert list(forum.conclusions.values_list("section", "text_en")) == [
        ("Conclusions of the Chair", "There were 80 governments.")
    ]
    assert list(Recommendation.objects.values_list("headline_en", flat=True)) == ["Give days", "..."]
    assert run(str(file), "--year", "2053")[0].splitlines()[-1] == "0 changes."


def test_year_of_no_forum_is_refused() -> None:
    assert "1999 is no year from 2007 to 2100" in run(str(DOCUMENT), "--year", "1999")[1]


def draft(words: str, number: int = 1) -> DocumentDraft:
    item = RecommendationDraft(number, words, words[:80], Nature.REQUEST, addressees=(("nobody", "explicit"),))
    return DocumentDraft(ForumDraft(2010), parts=(PartDraft("RT1", 1, {"en": "Words"}, recommendations=(item,)),))


@pytest.mark.django_db
def test_number_that_is_taken_gives_way_and_what_is_there_stays() -> None:
    ForumFactory(year=2010)
    editor = EditorFactory()
    draft_document(draft("Do this."), by=editor)
    made = draft_document(draft("Do that."), by=editor)
    assert [one.reference for one in made.recommendations] == ["GFMD-2010-RT1-02"]
    assert (made.changes, made.unknown) == (1, ["nobody"])
    assert draft_document(draft("  do THIS. "), by=editor).changes == 0


@pytest.mark.django_db
def test_who_may_not_add_is_refused() -> None:
    ForumFactory(year=2010)
    with pytest.raises(Refused) as caught:
        draft_document(draft("Do this."), by=UserFactory())
    assert caught.value.code == "not_allowed"
    assert not Recommendation.objects.exists()


@pytest.mark.django_db
def test_process_that_is_killed_leaves_nothing(tmp_path: Path) -> None:
    installation = Installation(tmp_path, vendor=connection.vendor)
    installation.must("migrate", "--verbosity", "0")
    assert installation.manage("shell", "--no-imports", "-c", KILLED).returncode == -9
    assert installation.manage("import_conclusions", "README.md").returncode == 1
    assert installation.must("shell", "--no-imports", "-c", COUNTED).split() == ["0", "0", "0", "0"]
    installation.must("verify_record")
    installation.must("import_conclusions", str(PROJECT / "fixtures" / "conclusions-2010.txt"))
    assert installation.must("shell", "--no-imports", "-c", COUNTED).split() == ["1", "4", "18", "38"]
    installation.must("verify_record")
