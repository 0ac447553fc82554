"""A kind of thing that the API tells of: which rows there are, how one is named, and what is told of it."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Generic

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from tracker.api.links import Links
from tracker.api.parameters import Asked, Parameter
from tracker.paging import Row

SLUG = "^[a-z0-9-]{1,80}$"


class Moved(Exception):
    """What the address names is there, under another key."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class Resource(Generic[Row]):
    """``name`` and ``one``: of its list and of one of it, in addresses and operations; ``key``: what names one."""

    name: ClassVar[str]
    one: ClassVar[str]
    meaning: ClassVar[str]
    key: ClassVar[Parameter]
    column: ClassVar[str] = "slug"
    shape: ClassVar[Any]
    filters: ClassVar[tuple[Parameter, ...]] = ()
    at: ClassVar[tuple[Parameter, ...]] = ()
    """The parameters of one thing."""

    def all(self) -> QuerySet[Row]:
        """Return all that is public, with what is told of each."""
        raise NotImplementedError

    def found(self, asked: Asked) -> QuerySet[Row]:
        """Return what a list holds, sorted by named columns, of which the last tells any two rows apart."""
        raise NotImplementedError

    def with_columns(self, rows: QuerySet[Row]) -> QuerySet[Row]:
        """Bring along columns of other rows that are told. What asks for keys alone asks for rows without them."""
        return rows

    def complete(self, rows: Sequence[Row]) -> None:
        """Bring along for rows what no queryset does."""

    def tell(self, row: Row, links: Links) -> Mapping[str, Any]:
        """Return what is told of a row, in the shape."""
        raise NotImplementedError

    def key_of(self, row: Row) -> str:
        """Return what names a row in addresses."""
        return str(getattr(row, self.column))

    def at_key(self, key: str, asked: Asked) -> Row:
        """Return the row that a key names. Raises ``Moved`` for another spelling of it, ``Http404`` for none."""
        rows = self.rows(asked)
        row = rows.filter(**self.exactly(key)).first() or rows.filter(**self.alike(key)).first()
        if row is None:
            row = self.once_named(key)
        if row is None:
            raise Http404(_("Nothing with the name “%(it)s” is on record.") % {"it": key})
        if self.key_of(row) != key:
            raise Moved(self.key_of(row))
        return row

    def rows(self, asked: Asked) -> QuerySet[Row]:
        """Return the rows among which a key is looked for, as they are asked for."""
        return self.all()

    def exactly(self, key: str) -> dict[str, Any]:
        """Return the condition of the row that a key names."""
        return {self.column: key}

    def alike(self, key: str) -> dict[str, Any]:
        """Return the condition of rows that a key may mean in other letters."""
        return {f"{self.column}__iexact": key}

    def once_named(self, key: str) -> Row | None:
        """Return what a key named in former times."""
        return None
