"""A text as a page tells it: in the page's language where it has been translated, else in its own, which is said."""

from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tracker.models.entry_parts import EntryTranslation
from tracker.models.translated import SOURCE_LANGUAGE, current_language

MARKS: dict[str, str | Promise] = {"en": _("in English"), "fr": _("in French"), "es": _("in Spanish")}


@dataclass(frozen=True)
class Told:
    """Words and their language. ``is_translation``: they stand for words in another one, unofficially."""

    words: str
    language: str = SOURCE_LANGUAGE
    is_translation: bool = False

    def __bool__(self) -> bool:
        return bool(self.words)

    @property
    def is_foreign(self) -> bool:
        """Whether the words are in another language than the page."""
        return self.language != current_language()

    @property
    def mark(self) -> str:
        """What stands beside words in another language: "in English"."""
        return str(MARKS[self.language])


def own_words(name: str, entry: str = "") -> Subquery:
    """Return, for a query, a text of an entry in the current language. ``entry`` leads there: "verdict__"."""
    rows: QuerySet[EntryTranslation] = EntryTranslation.objects.filter(
        entry=OuterRef(f"{entry}pk"), language=current_language()
    )
    return Subquery(rows.values(name)[:1])


def told(words: str, language: str, own: str | None) -> Told:
    """Return what a page tells of ``words``: its ``own`` ones, where there are some and the words are foreign to it."""
    if own and language != current_language():
        return Told(own, current_language(), is_translation=True)
    return Told(words, language)
