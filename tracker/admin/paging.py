"""Pages of the desk's lists: a list of a quarter of a million rows is not counted to the last one."""

from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet

MOST_COUNTED = 10_000


class BoundedPaginator(Paginator):  # type: ignore[type-arg]
    """Counts to 10,000 and no further; whoever looks for what comes after searches or filters."""

    @cached_property
    def count(self) -> int:
        """The number of rows, 10,000 at most."""
        rows: Any = self.object_list
        if not isinstance(rows, QuerySet):
            return len(rows)
        return min(self._counted(rows), MOST_COUNTED)

    def _counted(self, rows: QuerySet[Any]) -> int:
        number: int = rows.order_by().values("pk")[: MOST_COUNTED + 1].count()
        self.has_more = number > MOST_COUNTED
        return number

    has_more = False
    """Whether there are rows after those that are counted."""
