"""What is measured, and the budget of each (median in milliseconds, one client, 250,000 recommendations)."""

from typing import NamedTuple

FIRST_YEAR = 3000
"""The year of the first invented Forum: no real one of these years can be meant."""

PUBLIC, DESK, KEPT, PAST, PAPER = 15, 80, 40, 1000, 1000
"""Budgets: current figures, and a roundtable on any day; the desk; what reads kept changes; a past day's list; PDF."""
SLOWEST = 40
"""The budget of the 99th percentile of those pages whose median is to be ``PUBLIC``."""

A_FORUM = f"/forums/{FIRST_YEAR}/"
A_ROUNDTABLE = f"{A_FORUM}roundtables/rt1/"
A_REFERENCE = f"GFMD-{FIRST_YEAR}-RT1-01"
A_DAY = "2021-06-30"
LIST = "/recommendations/"
LIST_ON = f"{LIST}?page=20"
"""The last numbered page of the list: its next one stands behind a cursor."""
FILES = ("/recommendations.csv", "/recommendations.json", "/recommendations.xlsx", "/updates.csv")
PLAINEST = "/robots.txt"
"""A body that is always the same, by the same server and middleware as every page."""


class Page(NamedTuple):
    """An address, what it is called in the table, and its budget; at the desk one is signed in."""

    name: str
    address: str
    budget: int

    @property
    def budget_of_slowest(self) -> int | None:
        """What the 99th percentile may be, where that is said."""
        return SLOWEST if self.budget == PUBLIC else None

    @property
    def at_the_desk(self) -> bool:
        """Whether one must be signed in."""
        return self.address.startswith("/admin/")


class Keys(NamedTuple):
    """What the addresses of the desk name of the synthetic record: primary keys, and the year of a follow-up."""

    recommendation: int
    entry: int
    roundtable: int
    forum: int
    actor: int
    collective: int
    year: int


def pages(keys: Keys) -> list[Page]:
    """Return what is measured."""
    return [*public_pages(), *desk_pages(keys)]


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
        Page("list, page 20", LIST_ON, PUBLIC),
        Page("list by status", f"{LIST}?status=partially_implemented", PUBLIC),
        Page("list by status and Forum", f"{LIST}?status=implemented&forum={FIRST_YEAR}", PUBLIC),
        Page("list by theme", f"{LIST}?theme=human-rights", PUBLIC),
        Page("list by collective", f"{LIST}?actor=governments", PUBLIC),
        Page("list, last follow-up first", f"{LIST}?sort=-last_followup", PUBLIC),
        Page("list as of a date, by status", f"{LIST}?as_of={A_DAY}&status=implemented", PAST),
        Page("search: one word", f"{LIST}?q=portability", PUBLIC),
        Page("search: two words", f"{LIST}?q=health+women", PUBLIC),
        Page("search: a word of nearly all", f"{LIST}?q=migration", PUBLIC),
        Page("search: a French word, in French", f"/fr{LIST}?q=travailleurs", PUBLIC),
        Page("search: a reference", f"{LIST}?q=GFMD-{FIRST_YEAR}-RT2", PUBLIC),
        Page("actors", "/actors/", PUBLIC),
        Page("an actor", "/actors/iom/", PUBLIC),
        Page("a collective", "/actors/governments/", PUBLIC),
        Page("a theme", "/themes/human-rights/", PUBLIC),
        Page("a milestone", "/milestones/hld-2013/", KEPT),
        Page("updates", "/updates/", PUBLIC),
        Page("updates, a word", "/updates/?q=portability", PUBLIC),
        Page("methodology", "/methodology/", PUBLIC),
        Page("feed of updates", "/feeds/updates.atom", PUBLIC),
        Page("calendar", "/calendar.ics", PUBLIC),
        Page("report of a roundtable, PDF", f"/report.pdf?roundtable={FIRST_YEAR}-RT1", PAPER),
        Page("for programs: recommendations", "/api/v1/recommendations/", PUBLIC),
        Page("for programs: a recommendation", f"/api/v1/recommendations/{A_REFERENCE}/", PUBLIC),
    ]


def desk_pages(keys: Keys) -> list[Page]:
    """Return the pages of the desk."""
    desk = "/admin/tracker/"
    recommendations, entries = f"{desk}recommendation/", f"{desk}followup/"
    suggest = "/admin/autocomplete/?app_label=tracker&model_name={}&field_name={}&term={}".format
    return [
        Page("desk: what waits (index)", "/admin/", DESK),
        Page("desk: list of recommendations", recommendations, DESK),
        Page("desk: the same, page 5", f"{recommendations}?p=5", DESK),
        Page("desk: the same, partly implemented", f"{recommendations}?status__exact=partially_implemented", DESK),
        Page("desk: the same, one Forum", f"{recommendations}?roundtable__forum__id__exact={keys.forum}", DESK),
        Page("desk: the same, last heard of in a year", f"{recommendations}?last={keys.year}", DESK),
        Page("desk: the same, addressing an actor", f"{recommendations}?actor={keys.actor}", DESK),
        Page("desk: the same, to be assessed", f"{recommendations}?waits=assessment", DESK),
        Page("desk: the same, searched", f"{recommendations}?q=portability", DESK),
        Page("desk: form of a recommendation", f"{recommendations}{keys.recommendation}/change/", DESK),
        Page("desk: list of entries", entries, DESK),
        Page("desk: the same, page 5", f"{entries}?p=5", DESK),
        Page("desk: the same, assessed", f"{entries}?basis__exact=assessed", DESK),
        Page("desk: the same, of an actor", f"{entries}?actor={keys.actor}", DESK),
        Page("desk: the same, searched", f"{entries}?q=portability", DESK),
        Page("desk: form of an entry", f"{entries}{keys.entry}/change/", DESK),
        Page("desk: log a follow-up", f"{entries}add/", DESK),
        Page("desk: review", f"{entries}review/", DESK),
        Page("desk: sheet of a roundtable of 20", f"{desk}recommendation/sheet/{keys.roundtable}/", DESK),
        Page("desk: list of roundtables", f"{desk}roundtable/", DESK),
        Page("desk: form of a Forum of 40 roundtables", f"{desk}forum/{keys.forum}/change/", DESK),
        Page("desk: list of actors", f"{desk}actor/", DESK),
        Page("desk: form of an actor", f"{desk}actor/{keys.actor}/change/", DESK),
        Page("desk: form of a collective", f"{desk}actor/{keys.collective}/change/", DESK),
        Page("desk: what is not translated", "/admin/translations/", DESK),
        Page("desk: the chain", f"{desk}recordevent/", DESK),
        Page("desk: who did what, when", f"{desk}auditevent/", DESK),
        Page("desk: suggest a recommendation", suggest("followup", "recommendation", "portability"), DESK),
        Page("desk: suggest an actor", suggest("followup", "actor", "mexico"), DESK),
    ]
