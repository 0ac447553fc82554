"""What is looked in: the document of each recommendation, made of what is on record, and kept as that changes."""

from collections.abc import Iterable, Iterator
from itertools import islice

from django.db import transaction
from django.db.models import Prefetch, QuerySet

from tracker.models import EntryTranslation, FollowUp, Language, Recommendation, SearchDocument, SearchStale, SearchWord
from tracker.search.entry_documents import index_entries
from tracker.search.lines import line_of_recommendation
from tracker.search.tokens import actor_token, document, theme_token

BATCH = 500
TEXTS = ("names", "words", "record")
COLUMNS = ("line", *TEXTS)
SHORTEST, LONGEST = 4, 40
"""Letters of a word that is offered where one was misspelt."""


def _with_texts(rows: "QuerySet[Recommendation]") -> "QuerySet[Recommendation]":
    """Bring along everything that a document is made of."""
    entries = FollowUp.objects.published().prefetch_related("translations", "partner_rows").order_by("sequence")
    return rows.prefetch_related("responsibilities", "themes", Prefetch("entries", entries, "on_record"))


def document_of(recommendation: Recommendation) -> SearchDocument:
    """Return the document of a recommendation that ``_with_texts`` has brought."""
    languages = Language.values
    entries: list[FollowUp] = recommendation.on_record  # type: ignore[attr-defined]
    headlines = [(getattr(recommendation, f"headline_{code}"), code) for code in languages]
    translations = [(getattr(recommendation, f"translation_{code}"), code) for code in languages]
    return SearchDocument(
        recommendation_id=recommendation.pk,
        line=line_of_recommendation(recommendation.forum_year, recommendation.pk),
        names=document([(recommendation.reference, Language.ENGLISH), *headlines]),
        words=document([(recommendation.official_text, recommendation.official_language), *translations]),
        record=document(_texts(entries), _keys(recommendation, entries)),
    )


def _texts(entries: Iterable[FollowUp]) -> Iterator[tuple[str, str]]:
    for entry in entries:
        yield from _said(entry)
        for translation in entry.translations.all():
            yield from _said(translation)


def _said(part: FollowUp | EntryTranslation) -> Iterator[tuple[str, str]]:
    for text in (part.title, part.body, part.remaining):
        yield text, part.language


def _keys(recommendation: Recommendation, entries: Iterable[FollowUp]) -> Iterator[str]:
    """Yield the tokens of the actors addressed, of those who acted, and of the themes."""
    yield from (actor_token(one.actor_id) for one in recommendation.responsibilities.all())
    yield from (theme_token(theme.pk) for theme in recommendation.themes.all())
    for entry in entries:
        yield from (actor_token(row.actor_id) for row in entry.partner_rows.all())
        if entry.actor_id:
            yield actor_token(entry.actor_id)


def index(keys: Iterable[int]) -> None:
    """Write the documents of these recommendations and their entries anew; of those that are gone, none."""
    keys = list(keys)
    found = [document_of(one) for one in _with_texts(Recommendation.objects.filter(pk__in=keys))]
    SearchDocument.objects.filter(pk__in=set(keys) - {one.pk for one in found}).delete()
    SearchDocument.objects.bulk_create(
        found, update_conflicts=True, unique_fields=["recommendation"], update_fields=COLUMNS, batch_size=100
    )
    said = {token[1:] for one in found for name in TEXTS for token in getattr(one, name).split() if token[0] == "w"}
    words = sorted(word for word in said if SHORTEST <= len(word) <= LONGEST and word.isalpha())
    SearchWord.objects.bulk_create([SearchWord(word=word) for word in words], ignore_conflicts=True, batch_size=500)
    index_entries(keys)


def index_stale() -> int:
    """Write anew what triggers have found stale, inside the transaction of the change; return how many that were."""
    stale = list(SearchStale.objects.values_list("pk", flat=True))
    for keys in _in_batches(stale):
        index(keys)
        SearchStale.objects.filter(pk__in=keys).delete()
    return len(stale)


@transaction.atomic
def rebuild() -> int:
    """Write every document and the list of words anew; return how many documents there are."""
    SearchWord.objects.all().delete()
    keys = list(Recommendation.objects.order_by("pk").values_list("pk", flat=True))
    for batch in _in_batches(keys):
        index(batch)
    SearchStale.objects.all().delete()
    return len(keys)


def differences() -> Iterator[tuple[str, list[str]]]:
    """Yield the reference of each recommendation whose document is not what it should be, and which columns differ."""
    for keys in _in_batches(list(Recommendation.objects.order_by("pk").values_list("pk", flat=True))):
        kept: dict[int, SearchDocument] = SearchDocument.objects.in_bulk(keys)
        for recommendation in _with_texts(Recommendation.objects.filter(pk__in=keys)):
            should, has = document_of(recommendation), kept.get(recommendation.pk)
            if names := [name for name in COLUMNS if has is None or getattr(has, name) != getattr(should, name)]:
                yield recommendation.reference, names


def _in_batches(keys: list[int]) -> Iterator[list[int]]:
    left = iter(keys)
    while batch := list(islice(left, BATCH)):
        yield batch
