"""Pages of the desk's lists: a list of a quarter of a million rows is not counted to the last one."""

from functools import cached_property
from typing import Any

from django.contrib.admin.views.main import ORDER_VAR, ChangeList
from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import HttpRequest

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


def as_filed(recommendations: Any) -> Any:
    """Let recommendations that are found where they are filed be listed as they are filed, newest Forum first.

    A page is then a piece of an index; sorted by anything else, all that is filed there is looked up.
    """
    return recommendations.annotate(filed_at=F("filings__place"))


class KeysFirst(ChangeList):
    """A list that filters, sorts and cuts keys alone, and fetches what a line shows for the rows of one page.

    With the tables of a line joined to what is sorted, SQLite begins at the smallest of them and sorts all it finds.
    """

    def get_ordering(self, request: HttpRequest, queryset: Any) -> list[Any]:
        """Keep the order of what is filed until another is asked for."""
        is_filed = "filed_at" in queryset.query.annotations and ORDER_VAR not in self.params
        return ["filed_at", "pk"] if is_filed else list(super().get_ordering(request, queryset))

    def get_results(self, request: HttpRequest) -> None:
        """Narrow what is shown to the keys of its page. One query still: the keys are a part of it."""
        super().get_results(request)
        keys: Any = self.result_list
        order = ("place" if one == "filed_at" else one for one in keys.query.order_by)
        rows = self.root_queryset.filter(pk__in=keys.values("pk")).order_by(*order)
        self.result_list = rows if rows.query.select_related else self.apply_select_related(rows)
