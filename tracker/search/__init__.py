"""Full-text search over recommendations, entries and actors: one interface over both engines (docs/decisions/0017).

Read: ``tokens`` (from text to what is compared), ``query`` (from what was typed to terms), ``documents`` (what is
looked in, and how it is kept), ``lines`` (in which order), ``engine`` (the index of each database), ``matching`` (all
together).
"""

from tracker.search.documents import differences, index, index_stale, rebuild
from tracker.search.engine import number_of
from tracker.search.entry_documents import entry_differences
from tracker.search.matching import Search
from tracker.search.query import Query, parse
from tracker.search.snippet import Piece, marked, snippet
from tracker.search.suggestion import did_you_mean

__all__ = [
    "Piece",
    "Query",
    "Search",
    "did_you_mean",
    "differences",
    "entry_differences",
    "index",
    "index_stale",
    "marked",
    "number_of",
    "parse",
    "rebuild",
    "snippet",
]
