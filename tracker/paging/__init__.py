"""Long lists in parts: where a list goes on after or before a row (``keyset``), and that place in an address
(``cursor``). Pages and the API read their lists so.
"""

from tracker.paging.cursor import Cursor, NotAPlace
from tracker.paging.keyset import Row, Term, after, before, terms_of

__all__ = ["Cursor", "NotAPlace", "Row", "Term", "after", "before", "terms_of"]
