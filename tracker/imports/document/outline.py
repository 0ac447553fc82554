"""What is found in a Chair's document, before anything of it is kept. Nothing here knows files or the database.

An outline is a value: ``dataclasses.replace`` corrects it, ``to_json`` and ``from_json`` keep it, and
``actions.importing`` makes drafts of it. Line numbers are those of the document as it was read: the lines of a text,
the paragraphs of a DOCX or HTML file, the lines of a PDF, from 1 on.
"""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self

from tracker.imports.document.kept import kept_as, plain


class Role(StrEnum):
    """What a line of the document was recognised as."""

    BLANK = "blank"
    FURNITURE = "furniture"
    """A page's header, footer or number: dropped."""
    TITLE = "title"
    OCCASION = "occasion"
    THEME = "theme"
    SECTION = "section"
    ROUNDTABLE = "roundtable"
    RECOMMENDATIONS = "recommendations"
    """The heading that introduces recommendations."""
    RECOMMENDATION = "recommendation"
    STATEMENT = "statement"
    CLOSING_ITEM = "closing_item"
    PASSED_OVER = "passed_over"
    """Words that nothing is made of; a warning names them where they may have been meant."""


class Proposal(StrEnum):
    """What a statement outside the roundtables is proposed as."""

    CONCLUSION = "conclusion"
    CLOSING_ITEM = "closing_item"


class Addressed(StrEnum):
    """Whether the text names who is addressed, or we read it so. The values of ``Responsibility.Addressed``."""

    EXPLICIT = "explicit"
    INFERRED = "inferred"


@dataclass(frozen=True)
class SourceLine:
    """One line as it was read. ``about`` names what it is part of: "RT1", "RT1-03", "S12" (the twelfth statement)."""

    number: int
    text: str
    role: Role
    about: str = ""


@dataclass(frozen=True)
class Figure:
    """A figure about the Forum: ``kind`` and ``qualifier`` are values of ``ForumFigure``'s choices."""

    kind: str
    line: int
    value: int | None = None
    qualifier: str = "exact"
    words: str = ""
    note: str = ""


@dataclass(frozen=True)
class Contributor:
    """Who paid for a part of the Forum, as named; ``actor`` is its key where it is known here, else empty."""

    name: str
    line: int
    actor: str = ""


@dataclass(frozen=True)
class ForumFacts:
    """What the document says of the Forum itself. Empty, or ``None``, is what it does not say."""

    title: str = ""
    occasion: str = ""
    central_theme: str = ""
    year: int | None = None
    language: str = "en"
    host_city: str = ""
    opens_on: dt.date | None = None
    closes_on: dt.date | None = None
    figures: tuple[Figure, ...] = ()
    contributors: tuple[Contributor, ...] = ()


@dataclass(frozen=True)
class Suggestion:
    """A value that is proposed, and the reason for people: the words of the text that led to it."""

    value: str
    reason: str


@dataclass(frozen=True)
class Addressee:
    """An actor, by its key, that a text addresses."""

    actor: str
    addressed: Addressed
    reason: str


@dataclass(frozen=True)
class Reading:
    """How an item is likely to be read. Each is a suggestion with its reason; nothing of it is in the text itself."""

    nature: Suggestion = Suggestion("request", "")
    addressees: tuple[Addressee, ...] = ()
    themes: tuple[Suggestion, ...] = ()
    """Their slugs."""
    reiterates: tuple[Suggestion, ...] = ()
    """References of earlier recommendations that it probably repeats."""


@dataclass(frozen=True)
class FoundRecommendation:
    """One recommendation of a roundtable, word for word, in one paragraph; each sub-point begins a line of its own."""

    number: int
    text: str
    line: int
    notes: tuple[str, ...] = ()
    """What is unsure about it, or was left out of its words, in sentences."""
    emphasis: tuple[str, ...] = ()
    """The words that the document sets in bold or italics."""
    reading: Reading = field(default_factory=Reading)
    context: str = ""
    """The heading under which it stands within its roundtable, and what stands beside it in a table."""


@dataclass(frozen=True)
class FoundRoundtable:
    """A roundtable: its code ("RT2"), number and title; ``named`` is what the document calls it: "Session 1.2"."""

    code: str
    number: int
    title: str
    line: int
    recommendations: tuple[FoundRecommendation, ...] = ()
    named: str = ""


@dataclass(frozen=True)
class FoundStatement:
    """A statement outside the recommendations of roundtables. ``level`` is 0 for a point, 1 for one under it."""

    section: str
    text: str
    line: int
    proposed: Proposal = Proposal.CONCLUSION
    level: int = 0
    emphasis: tuple[str, ...] = ()
    untracked_reason: str = ""
    """Of a statement of the closing part that is proposed as a conclusion: why."""
    reading: Reading | None = None
    """Only of a closing item."""


@dataclass(frozen=True)
class Doubt:
    """What is unsure, on which line, in a sentence; line 0 is the document as a whole."""

    line: int
    sentence: str


@dataclass(frozen=True)
class Outline:
    """Everything that was found, in the order of the document."""

    forum: ForumFacts = field(default_factory=ForumFacts)
    roundtables: tuple[FoundRoundtable, ...] = ()
    statements: tuple[FoundStatement, ...] = ()
    warnings: tuple[Doubt, ...] = ()
    lines: tuple[SourceLine, ...] = ()

    @property
    def recommendations(self) -> tuple[FoundRecommendation, ...]:
        """Those of all roundtables."""
        return tuple(found for roundtable in self.roundtables for found in roundtable.recommendations)

    @property
    def closing_items(self) -> tuple[FoundStatement, ...]:
        """The statements that are proposed as items of the closing part, in their order."""
        return tuple(found for found in self.statements if found.proposed is Proposal.CLOSING_ITEM)

    def to_json(self) -> dict[str, Any]:
        """Return it as ``import_conclusions --format json`` prints it: plain values, days as ISO texts."""
        told: dict[str, Any] = plain(self)
        return told

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        """Return the outline that ``to_json`` told; what is missing has its default."""
        return kept_as(cls, kept)
