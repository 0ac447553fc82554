"""What the options of a command name: a Forum, its roundtables, a day. What is not on record is refused in a line."""

import datetime as dt

from django.core.management.base import CommandError

from tracker.models import Forum, Milestone, Roundtable
from tracker.progress import parse_as_of


def wrong(message: str) -> CommandError:
    """Return the refusal of an option; the command ends with 2."""
    return CommandError(message, returncode=2)


def forum_named(text: str) -> Forum:
    """Return the Forum of a year."""
    forum = Forum.objects.filter(year=int(text)).first() if text.isascii() and text.isdigit() else None
    if forum is None:
        years = ", ".join(str(year) for year in Forum.objects.order_by("year").values_list("year", flat=True))
        raise wrong(f"--forum {text}: no such Forum; on record are {years or 'none: run load_reference_data'}.")
    return forum


def roundtable_named(forum: Forum, code: str) -> Roundtable:
    """Return the roundtable of a Forum by its code."""
    roundtable = forum.roundtables.filter(code__iexact=code).first()
    if roundtable is None:
        codes = ", ".join(forum.roundtables.values_list("code", flat=True))
        raise wrong(
            f"--roundtable {code}: no such roundtable; the Forum of {forum.year} has {codes or 'none on record'}."
        )
    return roundtable


def day_named(text: str | None) -> dt.date | None:
    """Return the day that a date or a milestone's slug names; none for nothing."""
    if text is None:
        return None
    try:
        return parse_as_of(text)
    except ValueError:
        slugs = ", ".join(Milestone.objects.values_list("slug", flat=True))
        raise wrong(f"--as-of {text}: give a date such as 2013-10-04 or a milestone: {slugs}.") from None
