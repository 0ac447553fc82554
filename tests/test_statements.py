"""What else a Chair concluded: the Chair's words, and their unofficial translations."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import translation

from tests import factories
from tests.reading import parts
from tests.releases import Release
from tests.test_fixtures import fixture
from tracker.models import Conclusion

GRATEFUL = {"fr": "La présidence est reconnaissante.", "es": "La Presidencia está agradecida."}


def load(release: Release) -> list[str]:
    """Load a release; return what changed, in the lines that are printed."""
    out = StringIO()
    call_command("load_reference_data", fixtures=release.write(), stdout=out)
    return out.getvalue().splitlines()[:-1]


@pytest.fixture
def release(tmp_path: Path) -> Release:
    return Release(tmp_path)


def test_every_statement_that_ships_is_translated_twice() -> None:
    statements = fixture("conclusions-2010.json")["statements"]
    assert [one["text"] for one in statements if set(one.get("translation", {})) != {"fr", "es"}] == []


def test_tracked_statement_is_translated_as_its_recommendation() -> None:
    recommendations = {
        one["reference"]: one["translation"] for one in fixture("recommendations.json")["recommendations"]
    }
    tracked = [one for one in fixture("conclusions-2010.json")["statements"] if one["tracked_as"]]
    assert {one["tracked_as"]: one["translation"] for one in tracked} == {
        reference: words for reference, words in recommendations.items() if "-FUT-" in reference
    }


@pytest.mark.django_db
def test_statement_keeps_the_words_of_the_chair_beside_its_translation() -> None:
    statement = factories.ConclusionFactory(text_en="The Chair is grateful.", text_fr=GRATEFUL["fr"])
    with translation.override("fr"):
        assert (statement.words, statement.unofficial_translation) == ("The Chair is grateful.", GRATEFUL["fr"])
    with translation.override("es"):
        assert statement.unofficial_translation == ""
    with translation.override("en"):
        assert statement.unofficial_translation == ""


@pytest.mark.django_db
def test_page_in_french_shows_the_words_of_the_chair_and_marks_the_translation_as_unofficial(client: Client) -> None:
    factories.ConclusionFactory(section="Thanks", text_en="The Chair is grateful.", text_fr=GRATEFUL["fr"])
    page = client.get("/fr/forums/2010/")
    assert parts(page, "li.level-0") == [f"The Chair is grateful. Traduction non officielle : {GRATEFUL['fr']}"]
    assert '<span lang="en">The Chair is grateful.</span>' in page.content.decode()
    assert parts(client.get("/forums/2010/"), "li.level-0") == ["The Chair is grateful."]


@pytest.mark.django_db
def test_translations_of_a_newer_release_reach_the_statements_that_nobody_has_touched(release: Release) -> None:
    load(release)
    release["conclusions-2010.json"]["statements"][0]["translation"] = GRATEFUL
    assert load(release)[-1] == "1 change."
    assert Conclusion.objects.values_list("text_en", "text_fr", "text_es")[0] == (
        "The Chair is grateful.",
        GRATEFUL["fr"],
        GRATEFUL["es"],
    )
    assert load(release) == ["0 changes."]


@pytest.mark.django_db
def test_translation_by_staff_is_kept(release: Release) -> None:
    load(release)
    statement = Conclusion.objects.get(text_en="The Chair is grateful.")
    statement.text_fr = "Merci."
    statement.save()
    release["conclusions-2010.json"]["statements"][0]["translation"] = GRATEFUL
    assert load(release)[-1] == "0 changes."
    statement.refresh_from_db()
    assert (statement.text_fr, statement.text_es) == ("Merci.", "")
