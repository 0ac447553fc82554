"""Small pieces that several models share: precision of dates, and who did what when."""

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:  # the stubs are there for development only
    from django_stubs_ext import StrOrPromise


class DatePrecision(models.TextChoices):
    """How exactly a date is known. A month or a year counts from its last day (2-model)."""

    DAY = "day", _("day")
    MONTH = "month", _("month")
    YEAR = "year", _("year")

    def words(self, day: dt.date) -> str:
        """Return "1 May 2011", "May 2011" or "2011". The shapes are translated: in French it is "1er mai 2011"."""
        return _written(self, day, get_language())

    def shape(self, day: dt.date) -> str:
        """Return how a day is written at this precision, as Django writes formats."""
        if self is DatePrecision.YEAR:
            return pgettext("format of a year", "Y")
        if self is DatePrecision.MONTH:
            return pgettext("format of a month", "F Y")
        if day.day == 1:
            return pgettext("format of the first of a month", "j F Y")
        return pgettext("format of a day", "j F Y")


@lru_cache(maxsize=4096)
def _written(precision: DatePrecision, day: dt.date, language: str | None) -> str:
    """Return a day in the words of the current language, kept: a page writes the same few days hundreds of times."""
    return date_format(day, precision.shape(day))


class Language(models.TextChoices):
    """Languages in which texts reach the record. They are named in themselves."""

    ENGLISH = "en", "English"
    FRENCH = "fr", "français"
    SPANISH = "es", "español"


def by_whom(label: "StrOrPromise") -> Any:
    """Return the foreign key of a ``<verb>_by`` column, called "published by". Accounts are never deleted (PROTECT)."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=label,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )


def at_time(label: "StrOrPromise") -> Any:
    """Return the moment of a ``<verb>_at`` column (UTC), called "published at"."""
    return models.DateTimeField(label, null=True, blank=True, editable=False)


def together(model: str, verb: str) -> models.CheckConstraint:
    """Hold that ``<verb>_by`` and ``<verb>_at`` are set together or not at all."""
    by, at = f"{verb}_by__isnull", f"{verb}_at__isnull"
    return models.CheckConstraint(
        condition=Q(**{by: True, at: True}) | Q(**{by: False, at: False}),
        name=f"{model}_{verb}_by_and_at",
        violation_error_message=_("Who and when belong together: both are known or neither is."),
    )


class Versioned(models.Model):
    """A row that two people may edit at once: an edit carries the version it started from (2-model)."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class LatestFirst(models.Index):
    """An index whose descending columns have their nulls last: on SQLite by themselves, on PostgreSQL if told so."""

    def create_sql(self, model: Any, schema_editor: Any, using: str = "", **kwargs: Any) -> Any:
        """Say on PostgreSQL where the nulls stand."""
        statement = super().create_sql(model, schema_editor, using, **kwargs)
        if schema_editor.connection.vendor == "postgresql":
            columns: Any = statement.parts["columns"]
            columns.col_suffixes = tuple(f"{order} NULLS LAST" if order else "" for order in columns.col_suffixes)
        return statement
