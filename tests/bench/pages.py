"""What is measured, and the budget of each (median in milliseconds, one client, 250,000 recommendations)."""

from typing import NamedTuple

FIRST_YEAR = 3000
"""The year of the first invented Forum: no real one of these years can be meant."""

PUBLIC, DESK, KEPT = 15, 80, 40
"""Budgets: current figures, and a roundtable on any day; the desk; what reads the kept changes of status."""

A_FORUM = f"/forums/{FIRST_YEAR}/"
A_ROUNDTABLE = f"{A_FORUM}roundtables/rt1/"
A_REFERENCE = f"GFMD-{FIRST_YEAR}-RT1-01"


class Page(NamedTuple):
    """An address, what it is called in the table, and its budget; at the desk one is signed in."""

    name: str
    address: str
    budget: int

    @property
    def at_the_desk(self) -> bool:
        """Whether one must be signed in."""
        return self.address.startswith("/admin/")


def pages(key_of_recommendation: int, key_of_entry: int) -> list[Page]:
    """Return what is measured. The keys are those of a recommendation, and of an entry, of the synthetic record."""
    desk = "/admin/tracker/"
    return [
        Page("a roundtable", A_ROUNDTABLE, PUBLIC),
        Page("a roundtable as of a date", f"{A_ROUNDTABLE}?as_of=2021-06-30", PUBLIC),
        Page("a recommendation", f"/recommendations/{A_REFERENCE}/", PUBLIC),
        Page("updates", "/updates/", PUBLIC),
        Page("desk: what waits (index)", "/admin/", DESK),
        Page("desk: list of recommendations", f"{desk}recommendation/", DESK),
        Page("desk: the same, partly implemented", f"{desk}recommendation/?status__exact=partially_implemented", DESK),
        Page("desk: the same, one Forum", f"{desk}recommendation/?roundtable__forum__id__exact=2", DESK),
        Page("desk: form of a recommendation", f"{desk}recommendation/{key_of_recommendation}/change/", DESK),
        Page("desk: list of entries", f"{desk}followup/", DESK),
        Page("desk: the same, assessed", f"{desk}followup/?basis__exact=assessed", DESK),
        Page("desk: form of an entry", f"{desk}followup/{key_of_entry}/change/", DESK),
        Page("desk: log a follow-up", f"{desk}followup/add/", DESK),
        Page("desk: list of actors", f"{desk}actor/", DESK),
    ]
