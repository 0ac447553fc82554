"""A Chair's document as drafts: what is new of it is added, nothing that is there is changed, nothing is published."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Max, Model

from tracker.errors import Refused
from tracker.likeness import same_words
from tracker.models import (
    Actor,
    Conclusion,
    Forum,
    ForumChair,
    ForumContributor,
    ForumFigure,
    Language,
    Recommendation,
    Reiteration,
    Responsibility,
    Roundtable,
    Theme,
    User,
)
from tracker.models.translated import SOURCE_LANGUAGE
from tracker.record.chain import writing

Row = TypeVar("Row", Actor, Theme)
CLOSING = "FUT"
NEEDED = ("add_forum", "add_roundtable", "add_recommendation", "add_responsibility", "add_conclusion")


@dataclass(frozen=True)
class FigureDraft:
    """A figure about the Forum; ``kind`` and ``qualifier`` as in ``ForumFigure``."""

    kind: str
    value: int | None = None
    qualifier: str = ForumFigure.Qualifier.EXACT
    words: str = ""
    note: str = ""


@dataclass(frozen=True)
class ForumDraft:
    """What the document says of its Forum. The days are needed where the Forum is not on record yet."""

    year: int
    title: str = ""
    occasion: str = ""
    central_theme: str = ""
    host_city: str = ""
    opens_on: dt.date | None = None
    closes_on: dt.date | None = None
    figures: tuple[FigureDraft, ...] = ()
    contributors: tuple[str, ...] = ()
    """Keys of actors, in the order of the document."""
    host_country: str = ""
    chairs: tuple[str, ...] = ()
    """Keys of the actors that chaired it, in order: of a new Forum, whose document seldom says it."""


@dataclass(frozen=True)
class RecommendationDraft:
    """A recommendation to be. ``addressees`` are keys of actors with values of ``Responsibility.Addressed``."""

    number: int
    words: str
    headline: str
    nature: str
    locator: str = ""
    addressees: tuple[tuple[str, str], ...] = ()
    themes: tuple[str, ...] = ()
    reiterates: tuple[str, ...] = ()


@dataclass(frozen=True)
class PartDraft:
    """A roundtable, or with no number the closing part. ``note`` tells what the document calls it."""

    code: str
    number: int | None
    title: Mapping[str, str]
    note: str = ""
    recommendations: tuple[RecommendationDraft, ...] = ()


@dataclass(frozen=True)
class StatementDraft:
    """A conclusion; ``tracked_as`` is the place in the closing part, from 0 on, of the item that it is."""

    section: str
    text: str
    level: int = 0
    untracked_reason: str = ""
    tracked_as: int | None = None


@dataclass(frozen=True)
class DocumentDraft:
    """A document as it was read and corrected."""

    forum: ForumDraft
    parts: tuple[PartDraft, ...] = ()
    closing: PartDraft | None = None
    statements: tuple[StatementDraft, ...] = ()
    language: str = Language.ENGLISH


@dataclass
class Drafted:
    """What was made of a document: how many rows of each sort, and the recommendations."""

    forum: Forum
    made: Counter[type[Model]] = field(default_factory=Counter)
    recommendations: list[Recommendation] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    """Keys of actors and themes that are not on record; they were left out."""

    @property
    def changes(self) -> int:
        """How many rows are new."""
        return self.made.total()


def draft_document(document: DocumentDraft, *, by: User) -> Drafted:
    """Add what a document says and the record does not hold yet, all of it or nothing; recommendations as drafts.

    A recommendation or statement is there where the Forum has one in the same words, whatever its state; figures and
    contributors likewise. A number that is taken gives way to the next free one of the roundtable.

    Refuses: ``not_allowed``; ``forum_days_missing`` where the Forum is new and its days are not told;
    ``draft_not_valid`` where something is not as its model has it.
    """
    _require(by)
    with writing():
        return _Drafting(document).run()


def _require(by: User) -> None:
    """Refuse who may not add what a document has. The system account may, as at the first load."""
    for right in NEEDED:
        if not by.is_system and not by.has_perm(f"tracker.{right}"):
            raise Refused("not_allowed", verb=right.replace("_", " "))


class _Drafting:
    """One document becoming drafts, in the transaction of the caller."""

    def __init__(self, document: DocumentDraft) -> None:
        self.document = document
        forum = Forum.objects.filter(year=document.forum.year).first()
        self.result = Drafted(forum or self._new_forum())
        self.forum = self.result.forum
        self.actors = {actor.key: actor for actor in Actor.objects.filter(key__in=self._named_actors())}
        self.themes = {theme.slug: theme for theme in Theme.objects.all()}
        recorded = Recommendation.objects.filter(roundtable__forum=self.forum)
        self.recorded = {same_words(one.official_text): one for one in recorded}
        if forum is None:
            self.result.made[Forum] += 1
            self._add_chairs()

    def run(self) -> Drafted:
        self._add_figures()
        self._add_contributors()
        for part in self.document.parts:
            self._add_part(part, Roundtable.Kind.ROUNDTABLE)
        closing = self.document.closing
        items = self._add_part(closing, Roundtable.Kind.CLOSING) if closing and closing.recommendations else []
        self._add_statements(items)
        return self.result

    def _named_actors(self) -> set[str]:
        parts = [*self.document.parts, *filter(None, [self.document.closing])]
        drafts = [draft for part in parts for draft in part.recommendations]
        told = self.document.forum
        return {key for draft in drafts for key, _how in draft.addressees} | {*told.contributors, *told.chairs}

    def _new_forum(self) -> Forum:
        told = self.document.forum
        if told.opens_on is None or told.closes_on is None:
            raise Refused("forum_days_missing", year=told.year)
        last = Forum.objects.aggregate(last=Max("ordinal"))["last"] or 0
        forum = Forum(
            year=told.year,
            ordinal=last + 1,
            host_city=told.host_city,
            host_country=told.host_country,
            opens_on=told.opens_on,
            closes_on=told.closes_on,
            **self._in_its_language("central_theme", told.central_theme),
            **self._in_its_language("document_title", told.title),
            **self._in_its_language("presented_at", told.occasion),
        )
        _check(forum)
        forum.save()
        return forum

    def _in_its_language(self, name: str, text: str) -> dict[str, Any]:
        """Return the columns of a text: its own language's, and the one that stands in where another is empty."""
        return {f"{name}_{language}": text for language in {SOURCE_LANGUAGE, self.document.language}}

    def _add_figures(self) -> None:
        told = self.document.forum
        there = set(self.forum.figures.filter(citation=told.title).values_list("kind", "words"))
        position = self._last(self.forum.figures)
        for figure in told.figures:
            if (figure.kind, figure.words) not in there:
                position += 1
                values = {"value": figure.value, "qualifier": figure.qualifier, "note": figure.note}
                key = {"kind": figure.kind, "words": figure.words, "citation": told.title, "position": position}
                self._make(ForumFigure(forum=self.forum, **key, **values))

    def _add_chairs(self) -> None:
        for position, key in enumerate(dict.fromkeys(self.document.forum.chairs), 1):
            if actor := self._actor(key):
                self._make(ForumChair(forum=self.forum, actor=actor, position=position))

    def _add_contributors(self) -> None:
        there = set(self.forum.contributors.values_list("key", flat=True))
        position = self._last(self.forum.contributor_rows)
        for key in dict.fromkeys(self.document.forum.contributors):
            if key not in there and (actor := self._actor(key)):
                position += 1
                self._make(ForumContributor(forum=self.forum, actor=actor, position=position))

    def _add_part(self, part: PartDraft, kind: str) -> list[Recommendation]:
        """Add a roundtable and its recommendations; return those that stand for the drafts, in their order."""
        roundtable = self.forum.roundtables.filter(code=part.code).first()
        if roundtable is None:
            titles = {f"title_{language}": title for language, title in part.title.items()}
            roundtable = Roundtable(
                forum=self.forum, code=part.code, kind=kind, number=part.number, title_note=part.note, **titles
            )
            self._make(roundtable)
        taken = set(roundtable.recommendations.values_list("number", flat=True))
        return [self._recommendation(draft, roundtable, taken) for draft in part.recommendations]

    def _recommendation(self, draft: RecommendationDraft, roundtable: Roundtable, taken: set[int]) -> Recommendation:
        recorded = self.recorded.get(same_words(draft.words))
        if recorded is not None:
            return recorded
        number = draft.number if draft.number not in taken else max(taken) + 1
        taken.add(number)
        made = Recommendation(
            roundtable=roundtable,
            number=number,
            official_text=draft.words,
            official_language=self.document.language,
            nature=draft.nature,
            source_document=self.document.forum.title,
            source_locator=draft.locator,
            **{f"headline_{language}": draft.headline for language in {SOURCE_LANGUAGE, self.document.language}},
        )
        self._make(made)
        self.recorded[same_words(draft.words)] = made
        self.result.recommendations.append(made)
        self._tie(made, draft)
        return made

    def _tie(self, made: Recommendation, draft: RecommendationDraft) -> None:
        made.themes.set([theme for slug in draft.themes if (theme := self._theme(slug))])
        for key, addressed in dict(draft.addressees).items():
            if actor := self._actor(key):
                self._make(Responsibility(recommendation=made, actor=actor, addressed=addressed))
        for earlier in Recommendation.objects.filter(reference__in=draft.reiterates):
            self._make(Reiteration(later=made, earlier=earlier))

    def _add_statements(self, items: list[Recommendation]) -> None:
        there = {same_words(conclusion.words) for conclusion in self.forum.conclusions.all()}
        position = self._last(self.forum.conclusions)
        for statement in self.document.statements:
            if same_words(statement.text) in there:
                continue
            position += 1
            self._make(
                Conclusion(
                    forum=self.forum,
                    position=position,
                    section=statement.section,
                    level=statement.level,
                    untracked_reason=statement.untracked_reason,
                    tracked_as=None if statement.tracked_as is None else items[statement.tracked_as],
                    **self._in_its_language("text", statement.text),
                )
            )

    def _make(self, row: Any) -> None:
        _check(row, constraints=False)
        row.save()
        self.result.made[type(row)] += 1

    def _actor(self, key: str) -> Actor | None:
        return _known(self.actors, key, self.result.unknown)

    def _theme(self, slug: str) -> Theme | None:
        return _known(self.themes, slug, self.result.unknown)

    @staticmethod
    def _last(rows: Any) -> int:
        return rows.aggregate(last=Max("position"))["last"] or 0


def _check(row: Model, *, constraints: bool = True) -> None:
    """Refuse a row that is not as its model has it. Without ``constraints`` what is unique costs no query."""
    try:
        row.full_clean(validate_unique=constraints, validate_constraints=constraints)
    except ValidationError as error:
        why = " ".join(error.messages)
        raise Refused("draft_not_valid", what=row._meta.verbose_name, why=why) from error


def _known(rows: Mapping[str, Row], key: str, unknown: list[str]) -> Row | None:
    """Return the row of a key; remember the key where there is none."""
    if key not in rows:
        unknown.append(key)
    return rows.get(key)
