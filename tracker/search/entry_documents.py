"""The documents of entries, published or not: what the list of updates and the desk look in."""

from collections.abc import Collection, Iterable, Iterator

from django.db.models import QuerySet

from tracker.models import EntryDocument, EntryTranslation, FollowUp, Language
from tracker.search.lines import line_of_entry
from tracker.search.tokens import actor_token, document

COLUMNS = ("line", "names", "words")
BATCH = 1000


def entry_document_of(entry: FollowUp) -> EntryDocument:
    """Return the document of an entry that ``_with_texts`` has brought."""
    said: list[FollowUp | EntryTranslation] = [entry, *entry.translations.all()]
    reference = entry.reference or entry.recommendation.reference
    acting = [entry.actor_id, *(row.actor_id for row in entry.partner_rows.all())]
    return EntryDocument(
        entry_id=entry.pk,
        line=line_of_entry(entry.sequence, entry.pk),
        names=document(
            [(reference, Language.ENGLISH), *((part.title, part.language) for part in said)],
            (actor_token(key) for key in acting if key),
        ),
        words=document((text, part.language) for part in said for text in (part.body, part.remaining)),
    )


def _with_texts(rows: "QuerySet[FollowUp]") -> "QuerySet[FollowUp]":
    """Bring along everything that a document is made of."""
    return rows.select_related("recommendation").prefetch_related("translations", "partner_rows").order_by("pk")


def index_entries(recommendations: Collection[int]) -> None:
    """Write the documents of these recommendations' entries anew, where they say something else."""
    entries = _with_texts(FollowUp.objects.filter(recommendation__in=recommendations))
    changed = [document for document, _entry, _names in _different(entries)]
    EntryDocument.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["entry"], update_fields=COLUMNS, batch_size=100
    )


def entry_differences() -> Iterator[tuple[str, list[str]]]:
    """Yield the name of each entry whose document is not what it should be, and which columns differ."""
    last = 0
    while keys := list(FollowUp.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        last = keys[-1]
        for _document, entry, names in _different(_with_texts(FollowUp.objects.filter(pk__in=keys))):
            yield entry.reference or f"{entry.recommendation.reference} ({entry.pk})", names


def _different(entries: Iterable[FollowUp]) -> Iterator[tuple[EntryDocument, FollowUp, list[str]]]:
    """Yield what a document should be, with its entry and the columns in which it is not so."""
    entries = list(entries)
    kept: dict[int, EntryDocument] = EntryDocument.objects.in_bulk([entry.pk for entry in entries])
    for entry in entries:
        should, has = entry_document_of(entry), kept.get(entry.pk)
        names = [name for name in COLUMNS if has is None or getattr(has, name) != getattr(should, name)]
        if names:
            yield should, entry, names
