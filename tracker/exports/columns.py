"""The columns of tables: the facts that the API tells, each laid into one cell under its own name.

A text in three languages is three columns; of several values a cell holds all, with "; " between them. Words for
people stand beside the values of vocabularies, in the language of the file.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, TypeAlias

from django.db.models import TextChoices
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tracker.models import Actor, FollowUp, Language, Nature, Standing, Status

if TYPE_CHECKING:  # the stubs are there for development only
    from django_stubs_ext import StrOrPromise

BETWEEN = "; "


class Kind(Enum):
    """What a cell holds. Days and moments are written as the API writes them: 2013-10-04, and UTC."""

    TEXT = auto()
    NUMBER = auto()
    DAY = auto()
    MOMENT = auto()


@dataclass(frozen=True)
class Column:
    """A column: its name for machines, what people call it, the cell that it has of a row, its width in letters."""

    key: str
    words: "StrOrPromise"
    cell: Callable[[Mapping[str, Any]], Any]
    kind: Kind = Kind.TEXT
    width: int = 14
    several: bool = False
    """Whether a cell holds several values."""


Columns: TypeAlias = tuple[Column, ...]


def _plain(key: str, words: "StrOrPromise", kind: Kind = Kind.TEXT, width: int = 14) -> Column:
    return Column(key, words, lambda facts: facts[key], kind, width)


def _day(key: str, words: "StrOrPromise") -> Column:
    return _plain(key, words, Kind.DAY, 12)


def _moment(key: str, words: "StrOrPromise") -> Column:
    return _plain(key, words, Kind.MOMENT, 18)


def _listed(key: str, words: "StrOrPromise", width: int = 24) -> Column:
    return Column(key, words, lambda facts: BETWEEN.join(facts[key]), width=width, several=True)


def _words(key: str, words: "StrOrPromise", vocabulary: type[TextChoices]) -> Column:
    """Return the column of what people call the value of a vocabulary."""
    return Column(
        f"{key}_words", words, lambda facts: str(vocabulary(facts[key]).label) if facts[key] else None, width=22
    )


def _texts(key: str, words: "StrOrPromise", width: int = 40) -> tuple[Column, ...]:
    """Return the columns of a text, one for each language."""
    return tuple(_text(key, words, Language(code), width) for code in Language.values)


def _text(key: str, words: "StrOrPromise", language: Language, width: int) -> Column:
    named = format_lazy("{} ({})", words, language.label)
    return Column(f"{key}_{language.value}", named, lambda facts: facts[key][language.value], width=width)


def _addressed(how: str, words: "StrOrPromise") -> Column:
    """Return the column of those whom the text addresses, or of those whom it does in our reading."""

    def cell(facts: Mapping[str, Any]) -> str:
        return BETWEEN.join(part["actor"] for part in facts["responsibilities"] if part["addressed"] == how)

    return Column(f"addressed_{how}", words, cell, width=24, several=True)


def _evidence(facts: Mapping[str, Any]) -> str:
    """Return the sources of an entry: each its citation, and where it is."""
    named = ((one["citation"], one["url"] or one["file"]) for one in facts["evidence"])
    return BETWEEN.join(" ".join(filter(None, pair)) for pair in named)


def _seats(facts: Mapping[str, Any]) -> str:
    return BETWEEN.join(seat["actor"] for seat in facts["collectives"])


RECOMMENDATIONS = (
    _plain("reference", _("Reference"), width=18),
    _plain("forum", _("Forum"), Kind.NUMBER, 8),
    _plain("roundtable", _("Roundtable"), width=12),
    _plain("number", _("Number"), Kind.NUMBER, 8),
    *_texts("headline", _("Headline")),
    _plain("status", _("Status"), width=22),
    _words("status", _("Status in words"), Status),
    _plain("standing", _("Standing"), width=12),
    _words("standing", _("Standing in words"), Standing),
    _day("status_since", _("Since")),
    _plain("status_since_precision", _("Since, known to the"), width=10),
    *_texts("remaining", _("What remains")),
    _day("last_followup_on", _("Last follow-up")),
    _plain("last_followup_precision", _("Last follow-up, known to the"), width=10),
    _plain("followup_count", _("Follow-ups"), Kind.NUMBER, 10),
    _plain("nature", _("Nature"), width=12),
    _words("nature", _("Nature in words"), Nature),
    _plain("official_text", _("Official words"), width=80),
    _plain("official_language", _("Language of the official words"), width=8),
    _plain("sic", _("Misprint in the official words")),
    *_texts("translation", _("Unofficial translation"), 60),
    _plain("source_document", _("Source document"), width=40),
    _plain("source_locator", _("Place in the document"), width=24),
    _listed("themes", _("Themes")),
    _addressed("explicit", _("Addressed by the text")),
    _addressed("inferred", _("Addressed in our reading")),
    _listed("reiterates", _("Reiterates")),
    _listed("reiterated_by", _("Reiterated by")),
    _plain("verdict", _("Deciding assessment"), width=22),
    _moment("published_at", _("Published at (UTC)")),
    _plain("words_sequence", _("Event of the chain"), Kind.NUMBER, 10),
    _plain("html", _("Page"), width=50),
)
ENTRIES = (
    _plain("reference", _("Reference"), width=22),
    _plain("recommendation", _("Recommendation"), width=18),
    _plain("basis", _("Basis"), width=12),
    _words("basis", _("Basis in words"), FollowUp.Basis),
    _plain("state", _("State"), width=12),
    _words("state", _("State in words"), FollowUp.State),
    _day("occurred_from", _("From")),
    _day("occurred_until", _("Until")),
    _plain("precision", _("Dates known to the"), width=10),
    _day("counts_from", _("Counts from")),
    _plain("actor", _("Actor"), width=20),
    _listed("partners", _("Partners")),
    _plain("relation", _("Relation to the Forum"), width=18),
    _words("relation", _("Relation to the Forum in words"), FollowUp.Relation),
    *_texts("title", _("Title")),
    *_texts("body", _("Text"), 60),
    _plain("status", _("Status"), width=22),
    _words("status", _("Status in words"), Status),
    _plain("standing", _("Standing"), width=12),
    _words("standing", _("Standing in words"), Standing),
    *_texts("remaining", _("What remains")),
    _listed("rests_on", _("Rests on")),
    Column("evidence", _("Evidence"), _evidence, width=60, several=True),
    _plain("replaces", _("Corrects"), width=22),
    _plain("replaced_by", _("Corrected by"), width=22),
    _plain("act", _("Act"), width=18),
    _plain("received_via", _("Received via"), width=12),
    _plain("language", _("Language of the record"), width=8),
    _moment("published_at", _("Published at (UTC)")),
    _plain("sequence", _("Event of the chain"), Kind.NUMBER, 10),
    _moment("retracted_at", _("Retracted at (UTC)")),
    _plain("retraction_reason", _("Reason of the retraction"), width=30),
    _moment("withheld_at", _("Withheld at (UTC)")),
    _plain("withholding_reason", _("Reason of the removal"), width=30),
    _plain("html", _("Page"), width=50),
)
ACTORS = (
    _plain("slug", _("Short name"), width=20),
    *_texts("name", _("Name")),
    *_texts("acronym", _("Acronym"), 12),
    _plain("kind", _("Kind"), width=22),
    _words("kind", _("Kind in words"), Actor.Kind),
    Column("is_collective", _("Collective"), lambda facts: "true" if facts["is_collective"] else "false", width=10),
    Column("collectives", _("Member of"), _seats, width=30, several=True),
    _plain("country", _("Country (ISO 3166)"), width=8),
    _plain("country_alpha3", _("Country (ISO 3166, three letters)"), width=8),
    _plain("un_membership", _("In the United Nations"), width=12),
    _plain("active_from", _("Active from (year)"), Kind.NUMBER, 10),
    _plain("active_until", _("Active until (year)"), Kind.NUMBER, 10),
    _plain("succeeded_by", _("Succeeded by"), width=20),
    _plain("note", _("Note"), width=40),
    _plain("source_url", _("Address of the source"), width=40),
    _plain("html", _("Page"), width=50),
)
