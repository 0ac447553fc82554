"""The fixtures agree with themselves, with the Chair's document, and with the words of the code."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db.models import TextChoices

from tracker.models import Actor, Evidence, FollowUp, Nature, Responsibility, Roundtable, Standing, Status
from tracker.sentences import notice

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
# Choices of the code, and further labels of the fixture that are no choices: they follow from the record.
CHOICES: dict[str, tuple[type[TextChoices], set[str]]] = {
    "status": (Status, set()),
    "nature": (Nature, set()),
    "standing": (Standing, set()),
    "basis": (FollowUp.Basis, set()),
    "received_via": (FollowUp.ReceivedVia, set()),
    "relation": (FollowUp.Relation, set()),
    "state": (FollowUp.State, set()),
    "addressed": (Responsibility.Addressed, {"member", "acting"}),
    "actor_kind": (Actor.Kind, set()),
    "roundtable_kind": (Roundtable.Kind, set()),
    "evidence_quality": (Evidence.Quality, set()),
}


def fixture(name: str) -> Any:
    return json.loads((FIXTURES / name).read_text(encoding="utf-8"))


def one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("name", CHOICES)
def test_label_of_every_choice_is_that_of_the_vocabularies(name: str) -> None:
    choices, further = CHOICES[name]
    labels = {value: label["en"] for value, label in fixture("vocabularies.json")["labels"][name].items()}
    assert {value: str(label) for value, label in choices.choices} == {
        value: label for value, label in labels.items() if value not in further
    }


def test_every_vocabulary_is_compared() -> None:
    assert set(fixture("vocabularies.json")["labels"]) - set(CHOICES) == {"actor_group"}


def test_meaning_of_every_status_is_that_of_the_vocabularies() -> None:
    meanings = {value: meaning["en"] for value, meaning in fixture("vocabularies.json")["status_meanings"].items()}
    assert {status.value: str(status.meaning) for status in Status} == meanings


def test_notice_beside_provisional_readings_is_that_of_the_fixtures() -> None:
    shown = notice(dt.datetime(2026, 11, 24, tzinfo=dt.UTC))
    assert shown == fixture("assessments.json")["notice"]["en"]


def test_official_words_stand_in_the_chairs_document_word_for_word() -> None:
    emphasised = (FIXTURES / "conclusions-2010.txt").read_text(encoding="utf-8")
    document = one_line(emphasised.replace("*", ""))  # emphasis is dropped
    words = [item["official_text"] for item in fixture("recommendations.json")["recommendations"]]
    words += [statement["text"] for statement in fixture("conclusions-2010.json")["statements"]]
    assert [text for text in words if one_line(text) not in document] == []


def test_statements_are_tracked_in_the_same_words() -> None:
    official = {item["reference"]: item["official_text"] for item in fixture("recommendations.json")["recommendations"]}
    statements = [one for one in fixture("conclusions-2010.json")["statements"] if one["tracked_as"]]
    assert {one["tracked_as"]: one["text"] for one in statements} == {
        reference: text for reference, text in official.items() if "-FUT-" in reference
    }


def test_chairs_by_key_are_the_chairs_by_country() -> None:
    keys = {state["iso2"]: state["key"] for state in fixture("states.json")["states"]}
    editions = fixture("forums.json")["editions"]
    assert [[keys[iso] for iso in edition["chair_iso"]] for edition in editions] == [
        edition["chair_keys"] for edition in editions
    ]


def test_readme_names_every_file() -> None:
    readme = (FIXTURES / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in FIXTURES.iterdir() if f"`{path.name}`" not in readme] == ["README.md"]
