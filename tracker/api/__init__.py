"""The read-only API under ``/api/v1/`` (docs/api.md): the rows of the pages, as JSON with stable names.

From an address to an answer: ``urls`` → ``views`` (lists, single things, progress) → a ``Resource`` of ``resources``
(which rows) → ``shown`` (what is told of a row, in the forms that ``shapes`` declares). ``schema`` describes all that
from the same declarations; ``problems`` says what went wrong; ``parameters`` and ``paging`` read the address.
"""
