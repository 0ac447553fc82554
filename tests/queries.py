"""Counting the queries of a write, the same on both engines."""

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tracker.record.seen import TELLING


def queries_of(act: Callable[[], object]) -> int:
    """Return how many queries ``act`` takes.

    Without those by which ``writing`` says to PostgreSQL's triggers that it will tell of everything itself.
    """
    with CaptureQueriesContext(connection) as queries:
        act()
    return sum(TELLING not in query["sql"] for query in queries)
