"""Where a list goes on: the rows after or before one of them, by the values that it is sorted by.

Unlike an offset, nothing before that row is read, and a row that is added meanwhile moves no other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, TypeAlias, TypeVar

from django.db.models import F, Model, Q, QuerySet
from django.db.models.expressions import Expression, OrderBy
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

Row = TypeVar("Row", bound=Model)
Value: TypeAlias = str | int | bool | None
Condition: TypeAlias = Q | Expression


@dataclass(frozen=True)
class Term:
    """One of the columns by which a list is sorted. ``nulls``: where its nulls stand; none: it has none."""

    column: str
    descending: bool = False
    nulls: str = ""

    @classmethod
    def of(cls, given: Any) -> "Term":
        """Return what an argument of ``order_by`` says: a name, or a column with its nulls first or last."""
        if isinstance(given, str):
            return cls(given.lstrip("-"), given.startswith("-"))
        if isinstance(given, OrderBy) and isinstance(given.expression, F):
            column: Any = given.expression
            nulls = "first" if given.nulls_first else "last" if given.nulls_last else ""
            return cls(column.name, given.descending, nulls)
        raise TypeError(f"A list that is read in pages is sorted by named columns, not by {given!r}.")

    def reversed(self) -> "Term":
        """Return the same column the other way round."""
        return Term(self.column, not self.descending, {"first": "last", "last": "first"}.get(self.nulls, ""))

    def ordering(self) -> str | OrderBy:
        """Return it as ``order_by`` takes it."""
        if not self.nulls:
            return f"-{self.column}" if self.descending else self.column
        nulls = {"nulls_first": True} if self.nulls == "first" else {"nulls_last": True}
        return OrderBy(F(self.column), descending=self.descending, **nulls)

    def value_of(self, row: Model) -> Value:
        """Return what a row has in this column, as it can be written down."""
        value: Any = reduce(getattr, self.column.split("__"), row)
        if value is None and not self.nulls:
            raise ValueError(f"{self.column} can be null: its order must say where these stand.")
        return value if value is None or isinstance(value, int | str) else str(value)

    def same(self, value: Value) -> Q:
        """Return the condition of the rows that have this value."""
        return Q(**{f"{self.column}__isnull": True} if value is None else {self.column: value})

    def beyond(self, value: Value) -> Q | None:
        """Return the condition of the rows that come after this value; None where none can."""
        if value is None:
            return Q(**{f"{self.column}__isnull": False}) if self.nulls == "first" else None
        later = Q(**{f"{self.column}__{'lt' if self.descending else 'gt'}": value})
        return later | Q(**{f"{self.column}__isnull": True}) if self.nulls == "last" else later


def terms_of(rows: QuerySet[Row]) -> list[Term]:
    """Return by what a queryset is sorted. The last of it must tell any two rows apart."""
    return [Term.of(given) for given in rows.query.order_by]


def after(rows: QuerySet[Row], values: Sequence[Value]) -> QuerySet[Row]:
    """Return the rows after the one that has these values, in the order of ``rows``."""
    terms = terms_of(rows)
    return rows.filter(_from(terms[0], values[0]), _beyond(terms, values))


def before(rows: QuerySet[Row], values: Sequence[Value]) -> QuerySet[Row]:
    """Return the rows before the one that has these values, the nearest first."""
    return after(rows.order_by(*(term.reversed().ordering() for term in terms_of(rows))), values)


def _from(term: Term, value: Value) -> Q:
    """Return the condition on the first column alone, with which both databases find where to begin in an index."""
    if value is None or term.nulls:
        return Q()
    return Q(**{f"{term.column}__{'lte' if term.descending else 'gte'}": value})


def _beyond(terms: Sequence[Term], values: Sequence[Value]) -> Condition:
    """Return the condition of the rows after these values: a comparison of rows where one index can answer it."""
    term, value = terms[0], values[0]
    if len(terms) > 1 and all(not one.nulls and one.descending == term.descending for one in terms):
        compare = TupleLessThan if term.descending else TupleGreaterThan
        return compare(Tuple(*(F(one.column) for one in terms)), tuple(values))
    beyond = term.beyond(value)
    if len(terms) == 1:
        return Q(pk__in=[]) if beyond is None else beyond
    level = term.same(value) & Q(_beyond(terms[1:], values[1:]))
    return level if beyond is None else beyond | level
