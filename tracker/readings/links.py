"""Links of a list, as many as it has: their words are put together before, where a template would for each anew."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Link:
    """Where a line leads, what it is called, and what stands beside it, if anything."""

    address: str
    label: str
    beside: str = ""
