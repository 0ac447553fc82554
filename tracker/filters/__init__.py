"""The filters of the list of recommendations: from an address to a queryset in an order, and back to words.

Exports and the API use the same. A value that is repeated means "any of"; two parameters mean both.
Read: ``parameters`` (names and words), ``options`` (what can be chosen), ``filterset``, ``ordering``, ``past`` (the
list as it stood on a day), ``counting`` (how many are found, and beside each choice), ``finding`` (what every door
lists), ``form`` (fields and chips).
"""

from tracker.filters.counting import Counts, counts
from tracker.filters.filterset import MOST_RANKED, RecommendationFilter
from tracker.filters.form import Chip, Field, Option, Sort, chips, fields, sorts
from tracker.filters.options import Options
from tracker.filters.parameters import PARAMETERS, SEVERAL, SINGLE

__all__ = [
    "MOST_RANKED",
    "PARAMETERS",
    "SEVERAL",
    "SINGLE",
    "Chip",
    "Counts",
    "Field",
    "Option",
    "Options",
    "RecommendationFilter",
    "Sort",
    "chips",
    "counts",
    "fields",
    "sorts",
]
