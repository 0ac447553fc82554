"""Recommendations before they are on the record: several drafted, corrected or published at once, or none of them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import ProtectedError

from tracker.actions.official_words import publish_recommendation
from tracker.errors import Refused
from tracker.models import Language, Recommendation, Roundtable, User
from tracker.permissions import Verb, require
from tracker.record.audit import note_deletion
from tracker.record.chain import writing

HIGHEST = 32_767  # the largest number that the column holds; no form offers it


@dataclass(frozen=True)
class Draft:
    """What is typed of a recommendation that is not published: its place in the roundtable and its words."""

    number: int
    words: str
    headline: str
    nature: str


def draft_recommendations(
    roundtable: Roundtable,
    *,
    by: User,
    drafts: Iterable[Draft],
    language: str = Language.ENGLISH,
    source_document: str = "",
) -> list[Recommendation]:
    """Keep drafts, each under the reference that follows from its number. Their numbers must be free.

    Refuses: ``not_allowed``.
    """
    _require(by, "add")
    with writing():
        made = []
        for draft in drafts:
            recommendation = Recommendation(
                roundtable=roundtable, official_language=language, source_document=source_document
            )
            _fill(recommendation, draft)
            made.append(recommendation)
    return made


def revise_drafts(
    roundtable: Roundtable, *, by: User, drafts: Mapping[int, Draft], deleted: Collection[int] = ()
) -> list[Recommendation]:
    """Change drafts of a roundtable, by their keys, and delete others; they may swap numbers. Returns what changed.

    What is no draft of the roundtable is passed over. Refuses: ``not_allowed``, ``draft_in_use``.
    """
    _require(by, "change")
    with writing():
        rows = Recommendation.objects.select_for_update(of=("self",)).filter(
            roundtable=roundtable, state=Recommendation.State.DRAFT
        )
        if deleted:
            _require(by, "delete")
            for recommendation in rows.filter(pk__in=deleted):
                _delete(recommendation, by=by)
        changed = [row for row in rows.filter(pk__in=drafts) if _draft_of(row) != drafts[row.pk]]
        _make_room(changed)
        for recommendation in changed:
            recommendation.roundtable = roundtable
            recommendation.version += 1
            _fill(recommendation, drafts[recommendation.pk])
    return changed


def publish_recommendations(recommendations: Sequence[Recommendation], *, by: User) -> list[Recommendation]:
    """Put several drafts on the record, in their order, or none of them.

    Refuses as ``publish_recommendation`` does; the refusal is about the first that was refused, and names it.
    """
    require(by, Verb.PUBLISH_RECOMMENDATION)
    with writing():
        return [_publish(recommendation, by=by) for recommendation in recommendations]


def _publish(recommendation: Recommendation, *, by: User) -> Recommendation:
    try:
        return publish_recommendation(recommendation, by=by)
    except Refused as refusal:
        refusal.about = recommendation.reference
        raise


def _require(by: User, change: str) -> None:
    if not by.has_perm(f"tracker.{change}_recommendation"):
        raise Refused("not_allowed", verb=f"{change} recommendation")


def _draft_of(row: Recommendation) -> Draft:
    return Draft(row.number, row.official_text, headline_of(row), row.nature)


def headline_of(row: Recommendation) -> str:
    """Return the English headline, which every recommendation has."""
    return str(getattr(row, "headline_en"))  # noqa: B009 - a column that django-stubs cannot see


def _fill(recommendation: Recommendation, draft: Draft) -> None:
    recommendation.number, recommendation.official_text = draft.number, draft.words
    recommendation.nature = draft.nature
    setattr(recommendation, "headline_en", draft.headline)  # noqa: B010 - a column that django-stubs cannot see
    recommendation.save()


def _delete(recommendation: Recommendation, *, by: User) -> None:
    note_deletion(recommendation, by=by)
    try:
        recommendation.delete()
    except ProtectedError as error:
        raise Refused("draft_in_use", reference=recommendation.reference) from error


def _make_room(changed: Iterable[Recommendation]) -> None:
    """Move drafts out of each other's way: two that swap numbers would otherwise meet halfway."""
    for place, row in enumerate(changed):
        Recommendation.objects.filter(pk=row.pk).update(number=HIGHEST - place, reference=f"moving-{row.pk}")
