"""From an outline to the draft of it, and from the corrected draft to the outline that the actions take."""

import dataclasses
from collections.abc import Iterator

from tracker.imports.correcting.draft import CLOSING, CONCLUSIONS, Draft, Item, Part
from tracker.imports.document.outline import (
    FoundRecommendation,
    FoundRoundtable,
    FoundStatement,
    Outline,
    Proposal,
    Reading,
)


def begun(outline: Outline) -> Draft:
    """Return the draft of an outline as it was found."""
    found = [*_recommendations(outline), *_statements(outline)]
    items = tuple(dataclasses.replace(item, key=f"i{number}") for number, item in enumerate(found, 1))
    parts = tuple(Part(part.code, part.number, part.title, part.line) for part in outline.roundtables)
    return Draft(forum=outline.forum, parts=parts, items=items, made=len(items))


def _recommendations(outline: Outline) -> Iterator[Item]:
    for part in outline.roundtables:
        for one in part.recommendations:
            yield Item(
                key="",
                place=part.code,
                text=one.text,
                line=one.line,
                number=one.number,
                notes=one.notes,
                emphasis=one.emphasis,
                reading=one.reading,
            )


def _statements(outline: Outline) -> Iterator[Item]:
    for one in outline.statements:
        yield Item(
            key="",
            place=CLOSING if one.proposed is Proposal.CLOSING_ITEM else CONCLUSIONS,
            text=one.text,
            line=one.line,
            emphasis=one.emphasis,
            reading=one.reading or Reading(),
            section=one.section,
            level=one.level,
            untracked_reason=one.untracked_reason,
        )


def corrected_outline(draft: Draft, found: Outline) -> Outline:
    """Return what was found as it was corrected: without what was dropped; lines and warnings are as they were."""
    parts = {part.code: part for part in found.roundtables}
    begun_here = (FoundRoundtable(part.code, part.number, part.title, part.line) for part in draft.parts)
    return dataclasses.replace(
        found,
        forum=draft.forum,
        roundtables=tuple(_roundtable(draft, parts.get(part.code, part)) for part in begun_here),
        statements=tuple(_statement(item) for item in draft.statements if not item.dropped),
    )


def _roundtable(draft: Draft, part: FoundRoundtable) -> FoundRoundtable:
    kept = [item for item in draft.within(part.code) if not item.dropped]
    titles = {one.code: one.title for one in draft.parts}
    return dataclasses.replace(
        part,
        title=titles[part.code],
        recommendations=tuple(
            FoundRecommendation(
                number=item.number,
                text=item.text,
                line=item.line,
                notes=item.notes,
                emphasis=item.emphasis,
                reading=_confirmed(item),
            )
            for item in kept
        ),
    )


def _statement(item: Item) -> FoundStatement:
    tracked = item.place == CLOSING
    return FoundStatement(
        section=item.section,
        text=item.text,
        line=item.line,
        proposed=Proposal.CLOSING_ITEM if tracked else Proposal.CONCLUSION,
        level=item.level,
        emphasis=item.emphasis,
        untracked_reason="" if tracked else item.untracked_reason,
        reading=_confirmed(item) if tracked else None,
    )


def _confirmed(item: Item) -> Reading:
    """Return how an item is read: what it likely repeats is a suggestion until somebody says that it does."""
    kept = tuple(one for one in item.reading.reiterates if one.value in item.repeats)
    return dataclasses.replace(item.reading, reiterates=kept)
