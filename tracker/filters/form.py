"""The filters as a page shows them: the fields of the form, the active ones in words, the orders to choose from."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import pgettext

from tracker.filters.counting import Counts
from tracker.filters.filterset import ON_RECORD, RecommendationFilter
from tracker.filters.ordering import FIRST, NAMES, SORTS
from tracker.filters.parameters import DATES, LABELS, PARAMETERS

SHAPES = {
    "q": "search",
    "as_of": "day",
    "sort": "hidden",
    **dict.fromkeys(DATES, "date"),
    **dict.fromkeys(ON_RECORD, "select"),
}


@dataclass(frozen=True)
class Chip:
    """One active filter, and the query of the address without it."""

    label: str
    value: str
    without: str


class Option(NamedTuple):
    """A value that can be chosen. ``number``: how many recommendations one would get with it, where that is counted."""

    value: str
    label: str
    chosen: bool
    number: int | None = None


@dataclass(frozen=True)
class Field:
    """A filter of the form. ``shape``: search, checks, select, date, day (a select, and a date beside it) or hidden.

    ``more``: further chosen values of a select. ``is_named``: another value can be typed by its name.
    """

    name: str
    label: str
    shape: str
    options: list[Option]
    value: str = ""
    more: tuple[str, ...] = ()
    is_named: bool = False


def chips(chosen: RecommendationFilter) -> list[Chip]:
    """Return the active filters in words, each with the query that is left without it. An order is no filter."""
    return [chip for name in PARAMETERS if name in chosen.data and name != "sort" for chip in _chips_of(chosen, name)]


def _chips_of(chosen: RecommendationFilter, name: str) -> Iterator[Chip]:
    values, labels = chosen.data.getlist(name), dict(_choices(chosen, name))
    for value in values:
        rest = chosen.data.copy()
        rest.setlist(name, [other for other in values if other != value])
        if name == "q" and "relevance" in rest.get("sort", ""):
            del rest["sort"]
        yield Chip(str(LABELS[name]), labels.get(value) or _in_words(chosen, name, value), rest.urlencode())


def _in_words(chosen: RecommendationFilter, name: str, value: str) -> str:
    day = chosen.options.day_of(value) if name in {*DATES, "as_of"} else None
    return date_format(day, pgettext("format of a day", "j F Y")) if day else value


@dataclass(frozen=True)
class Sort:
    """An order that one can choose: the query of its address, which turns the present one round."""

    label: str
    query: str
    is_present: bool


def sorts(chosen: RecommendationFilter) -> list[Sort]:
    """Return the orders that the list can be put in. What is the order anyhow needs no word in the address."""
    return [_sort(chosen, name) for name in NAMES if name != "relevance" or chosen.search.query.wanted]


def _sort(chosen: RecommendationFilter, name: str) -> Sort:
    present = chosen.order
    is_present = present.removeprefix("-") == name
    first = FIRST.get(name, name)
    wanted = _turned(present) if is_present else first
    rest = chosen.data.copy()
    rest["sort"] = wanted
    if wanted == chosen.usual_order:
        del rest["sort"]
    return Sort(str(SORTS[present] if is_present else NAMES[name]), rest.urlencode(), is_present)


def _turned(sort: str) -> str:
    return sort.removeprefix("-") if sort.startswith("-") else f"-{sort}"


def fields(chosen: RecommendationFilter, counted: Counts) -> list[Field]:
    """Return the form: what can be chosen, what is, and how many one would get with each."""
    return [_field(chosen, counted, name) for name in PARAMETERS]


def _field(chosen: RecommendationFilter, counted: Counts, name: str) -> Field:
    values, shape = chosen.data.getlist(name), SHAPES.get(name, "checks")
    shown = values if shape == "checks" else values[:1]
    numbers = counted.beside.get(name)
    options = [
        Option(value, label, value in shown, None if numbers is None else numbers.get(value, 0))
        for value, label in _choices(chosen, name)
    ]
    return Field(
        name,
        str(LABELS[name]),
        shape,
        options,
        value="".join(values[:1]),
        more=tuple(values[1:]) if shape == "select" else (),
        is_named=name == "actor",
    )


def _choices(chosen: RecommendationFilter, name: str) -> list[tuple[str, str]]:
    """Return the values of a parameter with their words; a day that is no milestone is one where it was asked for."""
    if name != "as_of":
        return [(value, str(words)) for value, words in chosen.choices(name)]
    days = [(slug, f"{title}, {_in_words(chosen, name, slug)}") for slug, title, _day in chosen.options.milestones]
    return days + [(day, _in_words(chosen, name, day)) for day in chosen.data.getlist(name) if day not in dict(days)]
