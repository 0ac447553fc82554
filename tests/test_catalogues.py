"""The catalogues of French and Spanish: whole, with the words of the field, their placeholders and their typography."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils import translation

from tests.test_fixtures import CHOICES
from tracker.models import Status

BASE = Path(settings.BASE_DIR)
TRANSLATED = ["fr", "es"]
VOCABULARIES = json.loads((BASE / "fixtures" / "vocabularies.json").read_text(encoding="utf-8"))

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|%%|\{\w*\}")
NUMBER = {"%(number)s", "%(number)d"}
TAG = re.compile(r"<[^>]*>")
# What is no language: addresses, code, and the shape of a time.
NO_WORDS = re.compile(r"https?://\S+|<[^>]*>|%\(\w+\)[sd]|\{\w*\}|docs/\S+|H:i(:s)?")


@cache
def catalogue(language: str) -> Catalog:
    with (BASE / "tracker" / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=language)


def messages(language: str) -> list[Message]:
    """Return the messages of the code, without the head of the file."""
    return [message for message in catalogue(language) if message.id]


def forms(text: str | tuple[str, ...] | None) -> tuple[str, ...]:
    """Return the forms of a message or a translation: one, or those of a plural."""
    return text if isinstance(text, tuple) else (text or "",)


def texts(language: str) -> list[tuple[str, str]]:
    """Return what each message says, beside the message; each form of a plural on its own."""
    return [(forms(message.id)[-1], form) for message in messages(language) for form in forms(message.string)]


def plain(labels: dict[str, str]) -> dict[str, str]:
    """Return labels with the spaces of a keyboard: in French the catalogue sets those that do not break."""
    return {value: re.sub(r"\s", " ", label) for value, label in labels.items()}


def wrong(language: str, pattern: str) -> list[str]:
    """Return the texts in which ``pattern`` occurs outside of markup, addresses and placeholders."""
    found = re.compile(pattern)
    return [text for _message, text in texts(language) if found.search(NO_WORDS.sub("x", text))]


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated_and_none_is_a_guess(language: str) -> None:
    missing = [message.id for message in messages(language) if message.fuzzy or not all(forms(message.string))]
    assert missing == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_placeholders_are_those_of_the_message(language: str) -> None:
    different = []
    for message in messages(language):
        allowed = [set(PLACEHOLDER.findall(form)) for form in forms(message.id)]
        *singular, plural = (set(PLACEHOLDER.findall(form)) for form in forms(message.string))
        # The form for one may say its number as a word, whether or not English does.
        if plural != allowed[-1] or any(one not in [*allowed, allowed[-1] - NUMBER] for one in singular):
            different.append(message.id)
    assert different == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_markup_is_that_of_the_message(language: str) -> None:
    assert [text for message, text in texts(language) if TAG.findall(text) != TAG.findall(message)] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_space_at_the_ends_is_that_of_the_message(language: str) -> None:
    def ends(text: str) -> tuple[str, str]:
        return text[: len(text) - len(text.lstrip(" \n"))], text[len(text.rstrip(" \n")) :]

    assert [text for message, text in texts(language) if ends(text) != ends(message)] == []


@pytest.mark.parametrize("language", ["en", *TRANSLATED])
@pytest.mark.parametrize("name", CHOICES)
def test_labels_of_choices_are_those_of_the_vocabularies(name: str, language: str) -> None:
    choices, further = CHOICES[name]
    labels: dict[str, Any] = VOCABULARIES["labels"][name]
    with translation.override(language):
        said = {value: str(label) for value, label in choices.choices}
    assert plain(said) == {value: label[language] for value, label in labels.items() if value not in further}


@pytest.mark.parametrize("language", ["en", *TRANSLATED])
def test_meanings_of_statuses_are_those_of_the_vocabularies(language: str) -> None:
    with translation.override(language):
        said = {status.value: str(status.meaning) for status in Status}
    assert plain(said) == {value: meaning[language] for value, meaning in VOCABULARIES["status_meanings"].items()}


def test_french_has_its_apostrophe_and_its_quotation_marks() -> None:
    assert wrong("fr", "['\"“”]") == []


def test_french_has_its_space_before_signs() -> None:
    narrow, wide = "\u202f", "\u00a0"
    assert wrong("fr", f"(?<!{narrow})[;!?]") == []
    assert wrong("fr", rf"(?<!{wide}):|\s(?<!{wide})%(?!\()") == []
    assert wrong("fr", f"«(?!{wide})|(?<!{wide})»") == []


def test_spanish_has_its_quotation_marks_and_no_space_before_signs() -> None:
    assert wrong("es", "['\"“”]|« | »") == []
    assert wrong("es", r"\s[;:!?.,]") == []


def test_spanish_questions_and_exclamations_begin_with_a_mark() -> None:
    counts = [(text, NO_WORDS.sub("x", text)) for _message, text in texts("es")]
    assert [text for text, bare in counts if bare.count("?") != bare.count("¿")] == []
    assert [text for text, bare in counts if bare.count("!") != bare.count("¡")] == []
