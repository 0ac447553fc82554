"""The line of each document in its index. Lines ascend in the order in which lists show what is found.

So both indexes give the first that are found without looking for all: SQLite's row numbers are lines, and PostgreSQL
looks through bands of lines one after the other. A line ends in the key of what its document is of.
"""

KEY_BITS = 32
LATEST_YEAR = 10_000
LAST_PLACE = 1 << 30
"""After any place in the record: where entries stand that have none."""
ON_RECORD = LAST_PLACE << KEY_BITS
"""Lines before this are those of entries on record."""


def line_of_recommendation(year: int, key: int) -> int:
    """Return the line of a recommendation: the newest Forum's first, then as they were entered."""
    return (LATEST_YEAR - year) << KEY_BITS | key


def line_of_entry(sequence: int | None, key: int) -> int:
    """Return the line of an entry: the last published first, then those that are not on record."""
    return (LAST_PLACE - (sequence or 0)) << KEY_BITS | key
