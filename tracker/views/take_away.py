"""Where what a page lists can be taken away as files, with how much that is."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.models import Recommendation
from tracker.views.paging import Total

MOST_PRINTED = 1000
"""Recommendations of a PDF: some two hundred pages."""
TABLES = ("csv", "json", "xlsx")
MORE_THAN_ONE = 2
NOUNS: dict[str, Callable[[int], str]] = {
    "recommendations": lambda n: ngettext(
        "Take this recommendation away", "Take these %(number)s recommendations away", n
    ),
    "updates": lambda n: ngettext("Take this entry away", "Take these %(number)s entries away", n),
    "actors": lambda n: ngettext("Take this actor away", "Take these %(number)s actors away", n),
}


@dataclass(frozen=True)
class File:
    """A file: what it is called, "CSV", and its address."""

    name: str
    address: str


@dataclass(frozen=True)
class TakeAway:
    """The files of a list, and the words before them, which say how much they hold."""

    words: str
    files: list[File]


def record_files(found: Recommendation, day: dt.date | None) -> TakeAway:
    """Return the files of a recommendation with its record, as of the day that is asked for."""
    query = f"?as_of={day.isoformat()}" if day else ""
    files = [_file("recommendation", form, query, reference=found.reference) for form in (*TABLES, "pdf")]
    return TakeAway(_("Take this recommendation away with its record"), files)


def list_files(name: str, total: Total, asked: QueryDict | None = None) -> TakeAway | None:
    """Return the files of a list that has so many rows, with the parameters of its page; None where it is empty."""
    if not total.number:
        return None
    query = f"?{asked.urlencode()}" if asked else ""
    words = NOUNS[name](MORE_THAN_ONE if total.more else total.number) % {"number": total}
    is_printed = name == "recommendations" and not total.more and total.number <= MOST_PRINTED
    forms = [*TABLES, "pdf"] if is_printed else TABLES
    return TakeAway(words, [_file(name, form, query) for form in forms])


def _file(name: str, form: str, query: str, **named: str) -> File:
    return File(form.upper(), reverse(f"{name}_file", kwargs={**named, "form": form}) + query)
