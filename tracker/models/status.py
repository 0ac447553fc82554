"""The vocabulary of readings: implementation status, standing and nature. Everything else reads them from here.

The meanings are those of ``fixtures/vocabularies.json``; the rules are 2-model's.
"""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:  # the stubs are there for development only
    from django_stubs_ext import StrOrPromise


class Status(models.TextChoices):
    """Where a recommendation stands. Members stand in the order in which pages show them."""

    IMPLEMENTED = "implemented", _("Implemented")
    PARTIALLY_IMPLEMENTED = "partially_implemented", _("Partly implemented")
    IN_PROGRESS = "in_progress", _("In progress")
    ONGOING = "ongoing", _("Continuing")
    SUPERSEDED = "superseded", _("Overtaken by events")
    NOT_PURSUED = "not_pursued", _("No longer pursued")
    NOT_STARTED = "not_started", _("Not started")
    NO_INFORMATION = "no_information", _("No information")

    @classmethod
    def assessable(cls) -> "frozenset[Status]":
        """Return what an assessment may say. Only a body itself says that it has not started."""
        return frozenset(cls) - {cls.NOT_STARTED}

    @classmethod
    def claimable(cls) -> "frozenset[Status]":
        """Return what a body may claim of itself."""
        return frozenset({cls.NOT_STARTED, cls.IN_PROGRESS, cls.PARTIALLY_IMPLEMENTED, cls.IMPLEMENTED, cls.ONGOING})

    @classmethod
    def closed(cls) -> "frozenset[Status]":
        """Return the statuses after which nothing more is awaited."""
        return frozenset({cls.IMPLEMENTED, cls.SUPERSEDED, cls.NOT_PURSUED})

    @classmethod
    def with_remainder(cls) -> "frozenset[Status]":
        """Return the statuses that say what remains."""
        return frozenset({cls.IN_PROGRESS, cls.PARTIALLY_IMPLEMENTED})

    @classmethod
    def of_recommendations(cls) -> "list[Status]":
        """Return the statuses that a recommendation can have, in the order of pages."""
        return [status for status in cls if status is not cls.NOT_STARTED]

    @property
    def meaning(self) -> "StrOrPromise":
        """One or two sentences, shown beside the status."""
        return _MEANINGS[self]

    @property
    def token(self) -> str:
        """The colour token and icon name: ``is-<token>`` in the style sheet."""
        return _TOKENS[self]


_MEANINGS: dict[Status, "StrOrPromise"] = {
    Status.NO_INFORMATION: _("This record holds nothing. It does not mean that nothing was done."),
    Status.NOT_STARTED: _("The body itself says that it has not begun."),
    Status.IN_PROGRESS: _(
        "Steps are on record; what the text asks for is not shown to be in place, "
        "or in one country or by one agreement only."
    ),
    Status.PARTIALLY_IMPLEMENTED: _(
        "Part of what the text asks, or for part of those addressed; what remains is stated."
    ),
    Status.IMPLEMENTED: _(
        "All the text asks is shown to be in place; where it asks to consider, "
        "a body in which those addressed sit has considered it."
    ),
    Status.ONGOING: _("A principle or finding: actions are on record, there is no end point."),
    Status.SUPERSEDED: _("Its object or addressee no longer exists; the earlier status stays shown."),
    Status.NOT_PURSUED: _("No longer pursued, on a decision of the Forum, which is cited."),
}
_TOKENS: dict[Status, str] = {
    Status.IMPLEMENTED: "implemented",
    Status.PARTIALLY_IMPLEMENTED: "partial",
    Status.IN_PROGRESS: "progress",
    Status.ONGOING: "ongoing",
    Status.SUPERSEDED: "over",
    Status.NOT_PURSUED: "dropped",
    Status.NOT_STARTED: "notstarted",
    Status.NO_INFORMATION: "none",
}


class Standing(models.TextChoices):
    """How firm a reading is. A confirmed one cites who decided."""

    PROVISIONAL = "provisional", _("Provisional")
    CONFIRMED = "confirmed", _("Confirmed")


class Nature(models.TextChoices):
    """What kind of statement a recommendation is; it limits the statuses that can be read into it."""

    REQUEST = "request", _("Request")
    PRINCIPLE = "principle", _("Principle")
    FINDING = "finding", _("Finding")
    UNDERTAKING = "undertaking", _("Undertaking")

    @property
    def meaning(self) -> "StrOrPromise":
        """One sentence, shown beside the nature."""
        return _NATURES[self]

    @property
    def statuses(self) -> frozenset[Status]:
        """The statuses that an assessment of such a recommendation may give."""
        if self in {Nature.PRINCIPLE, Nature.FINDING}:
            return frozenset({Status.NO_INFORMATION, Status.ONGOING, Status.SUPERSEDED})
        return Status.assessable() - {Status.ONGOING}

    @property
    def claims(self) -> frozenset[Status]:
        """The statuses that a body may claim of itself for such a recommendation."""
        return Status.claimable() & (self.statuses | {Status.NOT_STARTED})


_NATURES: dict[Nature, "StrOrPromise"] = {
    Nature.REQUEST: _("Something to be done, or to be considered, by those addressed."),
    Nature.PRINCIPLE: _("What should always be respected: it can be continuing, never implemented."),
    Nature.FINDING: _("What the Forum found to be so: it can be continuing, never implemented."),
    Nature.UNDERTAKING: _("What governments or the Forum said that they themselves would do."),
}
