"""The parts that were found become an outline: numbered, with what is unsure of them, and what the Forum is."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from django.utils.translation import gettext as _

from tracker.imports.document import facts, headings, natures, patterns
from tracker.imports.document.outline import (
    Doubt,
    ForumFacts,
    FoundRecommendation,
    FoundRoundtable,
    FoundStatement,
    Outline,
    Proposal,
    Reading,
    Role,
    SourceLine,
)
from tracker.imports.document.position import Item, Part, Said, Structure

FIRST_LINES = 4


def assembled(
    found: Structure, shown: Sequence[tuple[int, str]], dropped: set[int], *, language: str | None, year: int | None
) -> Outline:
    """Return the outline. ``shown`` are the lines by number, ``dropped`` those that belong to pages."""
    parts = sorted(found.parts, key=lambda part: part.number)
    doubts = [*found.doubts, *_doubts_of(parts)]
    forum = _forum(found, shown, dropped, language=language, year=year)
    last = max((place for place, part in enumerate(found.parts, 1) if part.items), default=len(found.parts))
    statements = tuple(_statement(said, found, last, forum.language) for said in found.said)
    closing = {f"S{number}" for number, one in enumerate(statements, 1) if one.proposed is Proposal.CLOSING_ITEM}
    if forum.year is None:
        doubts.append(Doubt(0, _("The document does not say which year's Forum it is.")))
    return Outline(
        forum=forum,
        roundtables=tuple(_roundtable(part) for part in parts),
        statements=statements,
        warnings=tuple(sorted(doubts, key=lambda doubt: doubt.line)),
        lines=tuple(_source_line(number, text, found, dropped, closing) for number, text in shown),
    )


def _roundtable(part: Part) -> FoundRoundtable:
    recommendations = tuple(_recommendation(number, item) for number, item in enumerate(part.items, 1))
    return FoundRoundtable(f"RT{part.number}", part.number, part.title, part.line, recommendations, part.named)


def _recommendation(number: int, item: Item) -> FoundRecommendation:
    notes = list(item.notes)
    own = re.search(r"\d+(?:\.\d+)*", item.paragraph.marker)
    if own and own.group() != str(number):
        notes.append(_("The document numbers it %(number)s.") % {"number": own.group()})
    emphasis = tuple(words for words in item.emphasis if words != item.text)
    line = item.paragraph.line
    return FoundRecommendation(number, item.text, line, tuple(notes), emphasis, context=item.context)


def _statement(said: Said, found: Structure, last: int, language: str) -> FoundStatement:
    """Return a statement; one that is said after the ``last`` roundtable may be an item of the closing part."""
    paragraph = said.paragraph
    stated = FoundStatement(
        said.section or found.preamble.title,
        paragraph.text,
        paragraph.line,
        level=said.level,
        emphasis=paragraph.emphasis,
    )
    closing = not said.in_roundtable and found.parts and said.after >= last and headings.is_closing(said.section)
    if not closing or said.level:
        return stated
    nature = natures.nature_of(paragraph.text, language)
    if natures.asks_something(nature):
        return replace(stated, proposed=Proposal.CLOSING_ITEM, reading=Reading(nature=nature))
    return replace(stated, untracked_reason=_("Nobody is asked to do anything."))


def _doubts_of(parts: Sequence[Part]) -> list[Doubt]:
    """Return what is unsure about roundtables: those without recommendations or title, numbers that are left out."""
    doubts = []
    if not any(part.items for part in parts):
        doubts.append(Doubt(0, _("No heading of recommendations with anything under it was found in a roundtable.")))
    for part in parts:
        named = {"code": f"RT{part.number}", "named": part.named}
        if not part.items:
            doubts.append(Doubt(part.line, _("No recommendations were found in %(named)s.") % named))
        if not part.title:
            doubts.append(Doubt(part.line, _("%(named)s has no title.") % named))
        doubts += _left_out(part)
    return doubts


def _left_out(part: Part) -> list[Doubt]:
    """Return a doubt for each number that a list of the roundtable jumps over."""
    doubts = []
    numbers = [(int(item.paragraph.marker.strip("().")), item) for item in part.items if _plain_number(item)]
    for (before, _item), (after, item) in pairwise(numbers):
        if after > before + 1:
            sentence = _("After number %(before)d comes %(after)d: was one left out?")
            doubts.append(Doubt(item.paragraph.line, sentence % {"before": before, "after": after}))
    return doubts


def _plain_number(item: Item) -> bool:
    return item.paragraph.marker.strip("().").isdecimal()


def _title_of_pages(shown: Sequence[tuple[int, str]], dropped: set[int]) -> str:
    """Return the title that stands at the head of pages, where it stands nowhere else."""
    heads = (" ".join(text.split()) for number, text in shown if number in dropped)
    return next((head for head in heads if patterns.TITLE.search(head)), "")


def _forum(
    found: Structure,
    shown: Sequence[tuple[int, str]],
    dropped: set[int],
    *,
    language: str | None,
    year: int | None,
) -> ForumFacts:
    texts = [text.strip() for _number, text in shown if text.strip()]
    title = found.preamble.title or _title_of_pages(shown, dropped)
    occasion = found.preamble.occasion
    told = year or facts.year_of(title, (occasion, *texts[:FIRST_LINES]), texts)
    opens_on, closes_on = facts.days_of(texts, told)
    sections = [section for said in found.said if (section := said.section)]
    outside = [said for said in found.said if not said.in_roundtable]
    return ForumFacts(
        title=title,
        occasion=occasion,
        central_theme=found.theme,
        year=told,
        language=language or facts.language_of(" ".join(texts)),
        host_city=facts.host_of(sections, texts),
        opens_on=opens_on,
        closes_on=closes_on,
        figures=facts.figures_of(outside),
        contributors=facts.contributors_of(outside),
    )


def _source_line(number: int, text: str, found: Structure, dropped: set[int], closing: set[str]) -> SourceLine:
    if not text.strip():
        return SourceLine(number, text, Role.BLANK)
    if number in dropped:
        return SourceLine(number, text, Role.FURNITURE)
    role, about = found.roles.get(number, (Role.PASSED_OVER, ""))
    if role is Role.STATEMENT and about in closing:
        role = Role.CLOSING_ITEM
    return SourceLine(number, text, role, about)
