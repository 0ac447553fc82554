"""Which texts are missing in which language: of everything that has texts in three languages, entries included."""

from typing import Any

from django.db import connection, models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.text import capfirst
from translated_fields import TranslatedField

from tracker.models.actor import Actor
from tracker.models.entry_parts import EntryTranslation
from tracker.models.fields import Language
from tracker.models.filing import ENTRIES_LACKING, FILED_LANGUAGES, Filing
from tracker.models.followup import FollowUp
from tracker.models.forum import Conclusion, Forum, Milestone
from tracker.models.recommendation import Recommendation
from tracker.models.roundtable import Roundtable
from tracker.models.theme import Theme

TRANSLATED: tuple[type[models.Model], ...] = (
    *(Recommendation, Roundtable, Forum, Conclusion, Actor, Theme, Milestone),
    FollowUp,
)
"""What has texts to translate, in the order in which staff are asked for them."""
OF_ENTRIES = ("title", "body", "remaining")


def translated_names(model: type[models.Model]) -> list[str]:
    """Return the names of the texts that a model keeps in three columns, as "headline"; derived ones left out."""
    found = [name for name, value in vars(model).items() if isinstance(value, TranslatedField)]
    return [name for name in found if model._meta.get_field(f"{name}_en").editable]


def lacking(model: type[models.Model], language: str) -> Q:
    """Return the condition under which a row lacks a text in ``language`` that it has in another."""
    if model is FollowUp:
        whole = EntryTranslation.objects.filter(entry=OuterRef("pk"), language=language)
        for name in OF_ENTRIES:
            whole = whole.filter(Q(**{f"entry__{name}": ""}) | ~Q(**{name: ""}))
        return Q(~Exists(whole), ~Q(language=language))
    condition = Q()
    for name in set(translated_names(model)) - {"translation"}:
        others = [Q(**{f"{name}_{other}": ""}) for other in Language.values if other != language]
        condition |= Q(**{f"{name}_{language}": ""}) & ~(others[0] & others[1])
    if model is Recommendation:
        # The official words are the text; every other language needs an unofficial translation of them.
        condition |= Q(**{f"translation_{language}": ""}) & ~Q(official_language=language)
    return condition


def owed(model: type[models.Model]) -> QuerySet[Any]:
    """Return the rows of a model whose texts should be there in each language."""
    rows: QuerySet[Any] = model._default_manager.all()
    if model is Recommendation:
        return rows.exclude(state=Recommendation.State.WITHDRAWN)
    if model is FollowUp:
        return rows.filter(state=FollowUp.State.PUBLISHED, recommendation__state=Recommendation.State.PUBLISHED)
    return rows


def untranslated(model: type[models.Model], language: str = "") -> QuerySet[Any]:
    """Return the rows that lack a text in ``language``, or in any."""
    condition = Q()
    for one in [language] if language else Language.values:
        condition |= lacking(model, one)
    return owed(model).filter(condition)


def missing_keys(model: type[models.Model], language: str = "") -> list[QuerySet[Any, Any]]:
    """Return queries of the keys of the rows that lack a text in ``language``, or in any, to be read one after another.

    What is filed is found where it is filed, and in that order; drafts, which are not, come last.
    """
    if model is FollowUp:
        return [Filing.objects.filter(scope=ENTRIES_LACKING[language]).order_by("subject").values_list("subject")]
    if model is not Recommendation:
        return [untranslated(model, language).values_list("pk")]
    filed = Filing.objects.under(Filing.Scope.UNTRANSLATED, [FILED_LANGUAGES.index(language)])
    # Every place is one from 0: said so, SQLite reads the few drafts from an index, and not the whole table.
    drafts = untranslated(model, language).filter(state=Recommendation.State.DRAFT, place__gte=0)
    return [
        filed.order_by("place", "recommendation_id").values_list("recommendation_id"),
        drafts.order_by("place", "pk").values_list("pk"),
    ]


def missing_numbers(most: int) -> dict[str, dict[str, list[int]]]:
    """Return how many rows lack something in each language, and in any (""), by the name of their model. One query.

    There is a number for each of ``missing_keys``, no higher than ``most``.
    """
    found: dict[str, dict[str, list[int]]] = {str(model._meta.model_name): {} for model in TRANSLATED}
    parts = [
        (str(model._meta.model_name), language, keys)
        for model in TRANSLATED
        for language in FILED_LANGUAGES
        for keys in missing_keys(model, language)
    ]
    for (name, language, _keys), number in zip(parts, _counted([part[2] for part in parts], most), strict=True):
        found[name].setdefault(language, []).append(number)
    return found


def _counted(queries: list[QuerySet[Any, Any]], most: int) -> list[int]:
    """Return how many rows each query has, no more than ``most``. One query: each number is read by itself."""
    written = [query.order_by()[:most].query.sql_with_params() for query in queries]
    numbers = ", ".join(f"(SELECT COUNT(*) FROM ({sql}) counted)" for sql, _params in written)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {numbers}", [value for _sql, params in written for value in params])
        return list(cursor.fetchone())


def missing_texts(row: Any, language: str) -> list[str]:
    """Return what the texts are called that a row lacks in ``language``. Entries come with their translations."""
    if isinstance(row, FollowUp):
        return _missing_of_entry(row, language)
    missing = [name for name in translated_names(type(row)) if lacks(row, name, language)]
    return [str(capfirst(row._meta.get_field(f"{name}_{language}").verbose_name)) for name in missing]


def lacks(row: Any, name: str, language: str) -> bool:
    """Tell whether a row lacks the text ``name`` in ``language``, while it is there in another."""
    if getattr(row, f"{name}_{language}"):
        return False
    if isinstance(row, Recommendation) and name == "translation":
        return row.official_language != language
    return any(getattr(row, f"{name}_{other}") for other in Language.values)


def _missing_of_entry(entry: FollowUp, language: str) -> list[str]:
    if entry.language == language:
        return []
    there = next((row for row in entry.translations.all() if row.language == language), EntryTranslation())
    missing = [name for name in OF_ENTRIES if getattr(entry, name) and not getattr(there, name)]
    return [label_of_entry(name) for name in missing]


def label_of_entry(name: str) -> str:
    """Return what a text of entries is called."""
    field: Any = FollowUp._meta.get_field(name)
    return str(capfirst(field.verbose_name))
