"""What is measured, and the budget of each (median in milliseconds, one client, 250,000 recommendations)."""

from typing import NamedTuple

FIRST_YEAR = 3000
"""The year of the first invented Forum: no real one of these years can be meant."""

PUBLIC, DESK, KEPT, PAST = 15, 80, 40, 1000
"""Budgets: current figures, and a roundtable on any day; the desk; what reads kept changes; the list of a past day."""

A_FORUM = f"/forums/{FIRST_YEAR}/"
A_ROUNDTABLE = f"{A_FORUM}roundtables/rt1/"
A_REFERENCE = f"GFMD-{FIRST_YEAR}-RT1-01"
A_DAY = "2021-06-30"
LIST = "/recommendations/"


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
    return [*public_pages(), *desk_pages(key_of_recommendation, key_of_entry)]


def public_pages() -> list[Page]:
    """Return the public pages of every kind, and the list in every way that it is asked."""
    return [
        Page("overview", "/", PUBLIC),
        Page("Forums", "/forums/", PUBLIC),
        Page("a Forum with 40 roundtables and its trend", A_FORUM, KEPT),
        Page("a roundtable of 20", A_ROUNDTABLE, PUBLIC),
        Page("a roundtable of 20 as of a date", f"{A_ROUNDTABLE}?as_of={A_DAY}", PUBLIC),
        Page("a recommendation", f"{LIST}{A_REFERENCE}/", PUBLIC),
        Page("a recommendation as of a date", f"{LIST}{A_REFERENCE}/?as_of={A_DAY}", PUBLIC),
        Page("list", LIST, PUBLIC),
        Page("list, page 20", f"{LIST}?page=20", PUBLIC),
        Page("list by status", f"{LIST}?status=partially_implemented", PUBLIC),
        Page("list by status and Forum", f"{LIST}?status=implemented&forum={FIRST_YEAR}", PUBLIC),
        Page("list by theme", f"{LIST}?theme=human-rights", PUBLIC),
        Page("list by collective", f"{LIST}?actor=governments", PUBLIC),
        Page("list, last follow-up first", f"{LIST}?sort=-last_followup", PUBLIC),
        Page("list as of a date, by status", f"{LIST}?as_of={A_DAY}&status=implemented", PAST),
        Page("search: one word", f"{LIST}?q=remittances", PUBLIC),
        Page("search: two words", f"{LIST}?q=health+women", PUBLIC),
        Page("search: a word of nearly all", f"{LIST}?q=migration", PUBLIC),
        Page("search: a reference", f"{LIST}?q=GFMD-{FIRST_YEAR}-RT2", PUBLIC),
        Page("actors", "/actors/", PUBLIC),
        Page("an actor", "/actors/iom/", PUBLIC),
        Page("a collective", "/actors/governments/", PUBLIC),
        Page("a theme", "/themes/human-rights/", PUBLIC),
        Page("a milestone", "/milestones/hld-2013/", KEPT),
        Page("updates", "/updates/", PUBLIC),
        Page("methodology", "/methodology/", PUBLIC),
    ]


def desk_pages(key_of_recommendation: int, key_of_entry: int) -> list[Page]:
    """Return the pages of the desk."""
    desk = "/admin/tracker/"
    suggest = "/admin/autocomplete/?app_label=tracker&model_name={}&field_name={}&term={}".format
    return [
        Page("desk: what waits (index)", "/admin/", DESK),
        Page("desk: list of recommendations", f"{desk}recommendation/", DESK),
        Page("desk: the same, partly implemented", f"{desk}recommendation/?status__exact=partially_implemented", DESK),
        Page("desk: the same, one Forum", f"{desk}recommendation/?roundtable__forum__id__exact=2", DESK),
        Page("desk: the same, searched", f"{desk}recommendation/?q=remittances", DESK),
        Page("desk: form of a recommendation", f"{desk}recommendation/{key_of_recommendation}/change/", DESK),
        Page("desk: list of entries", f"{desk}followup/", DESK),
        Page("desk: the same, assessed", f"{desk}followup/?basis__exact=assessed", DESK),
        Page("desk: form of an entry", f"{desk}followup/{key_of_entry}/change/", DESK),
        Page("desk: log a follow-up", f"{desk}followup/add/", DESK),
        Page("desk: list of actors", f"{desk}actor/", DESK),
        Page("desk: suggest a recommendation", suggest("followup", "recommendation", "remittances"), DESK),
        Page("desk: suggest an actor", suggest("followup", "actor", "mexico"), DESK),
    ]
