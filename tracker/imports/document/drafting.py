"""From an outline, as it was found or corrected, to drafts. The command and the desk share it."""

from tracker.actions.importing import (
    CLOSING,
    DocumentDraft,
    Drafted,
    FigureDraft,
    ForumDraft,
    PartDraft,
    RecommendationDraft,
    StatementDraft,
    draft_document,
)
from tracker.errors import Refused
from tracker.forms.pasted import first_words
from tracker.imports.document.outline import ForumFacts, FoundRoundtable, FoundStatement, Outline, Proposal, Reading
from tracker.models import Nature, User
from tracker.models.translated import SOURCE_LANGUAGE

CLOSING_TITLE = {
    "en": "The future of the Forum and the agenda",
    "fr": "L’avenir du Forum et l’agenda",
    "es": "El futuro del Foro y la agenda",
}
NAMELESS = {
    "en": "Conclusions of the Chair",
    "fr": "Conclusions de la présidence",
    "es": "Conclusiones de la Presidencia",
}
"""What a document without a title is called, and its statements stand under that have no heading."""


def draft_outline(outline: Outline, *, by: User, reiterations: bool = False) -> Drafted:
    """Make drafts of what is new in an outline; see ``actions.importing``. With ``reiterations`` as suggested, too.

    Refuses: ``forum_year_missing``, and what ``draft_document`` refuses.
    """
    return draft_document(document_of(outline, reiterations=reiterations), by=by)


def document_of(outline: Outline, *, reiterations: bool = False) -> DocumentDraft:
    """Return what the actions take of an outline."""
    language = outline.forum.language
    items = outline.closing_items
    places = {id(item): place for place, item in enumerate(items)}
    return DocumentDraft(
        forum=_forum(outline.forum, NAMELESS[language]),
        parts=tuple(_part(found, language, reiterations) for found in outline.roundtables),
        closing=_closing(items, reiterations),
        statements=tuple(_statement(one, places.get(id(one)), NAMELESS[language]) for one in outline.statements),
        language=language,
    )


def _forum(facts: ForumFacts, nameless: str) -> ForumDraft:
    if facts.year is None:
        raise Refused("forum_year_missing")
    return ForumDraft(
        year=facts.year,
        title=facts.title[:200] or nameless,
        occasion=facts.occasion[:200],
        central_theme=facts.central_theme[:300],
        host_city=facts.host_city[:120],
        opens_on=facts.opens_on,
        closes_on=facts.closes_on,
        figures=tuple(
            FigureDraft(one.kind, one.value, one.qualifier, one.words[:300], one.note[:400]) for one in facts.figures
        ),
        contributors=tuple(one.actor for one in facts.contributors if one.actor),
    )


def _part(found: FoundRoundtable, language: str, reiterations: bool) -> PartDraft:
    title = (found.title or found.named or found.code)[:300]
    usual = found.named.casefold().endswith(f" {found.number}") or not found.named
    return PartDraft(
        code=found.code,
        number=found.number,
        title={SOURCE_LANGUAGE: title, language: title},
        note="" if usual else f"In the document: {found.named}"[:300],
        recommendations=tuple(
            _recommendation(
                one.number, one.text, one.reading, f"Roundtable {found.number}, item {one.number}", reiterations
            )
            for one in found.recommendations
        ),
    )


def _closing(items: tuple[FoundStatement, ...], reiterations: bool) -> PartDraft:
    drafts = tuple(
        _recommendation(number, item.text, item.reading or Reading(), item.section, reiterations)
        for number, item in enumerate(items, 1)
    )
    return PartDraft(CLOSING, None, CLOSING_TITLE, recommendations=drafts)


def _recommendation(number: int, text: str, reading: Reading, locator: str, reiterations: bool) -> RecommendationDraft:
    return RecommendationDraft(
        number=number,
        words=text,
        headline=first_words(text),
        nature=reading.nature.value or Nature.REQUEST,
        locator=locator[:200],
        addressees=tuple((one.actor, one.addressed.value) for one in reading.addressees),
        themes=tuple(one.value for one in reading.themes),
        reiterates=tuple(one.value for one in reading.reiterates) if reiterations else (),
    )


def _statement(found: FoundStatement, place: int | None, nameless: str) -> StatementDraft:
    tracked = found.proposed is Proposal.CLOSING_ITEM
    return StatementDraft(
        section=found.section[:200] or nameless,
        text=found.text,
        level=found.level,
        untracked_reason="" if tracked else found.untracked_reason[:300],
        tracked_as=place if tracked else None,
    )
