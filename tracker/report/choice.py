"""What a report is about: a Forum or some of its roundtables, as of a day."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse

from tracker.models import Forum, Milestone, Roundtable, current_language
from tracker.models.translated import SOURCE_LANGUAGE
from tracker.progress import today
from tracker.sentences.reports import roundtables_words


@dataclass(frozen=True)
class Choice:
    """What is asked for. ``roundtables``: those chosen, in order, none for the whole Forum; ``asked``: a past day.

    ``milestones``: all there are, in the order of their dates.
    """

    forum: Forum
    milestones: tuple[Milestone, ...]
    roundtables: tuple[Roundtable, ...] = ()
    asked: dt.date | None = None

    @cached_property
    def parts(self) -> list[Roundtable]:
        """The roundtables that the report holds, closing parts last."""
        found = list(self.roundtables or self.forum.roundtables.all())
        for table in found:
            table.forum = self.forum
        return found

    @property
    def past(self) -> list[Milestone]:
        """The milestones of which the Forum can be asked: after its closing, and not ahead."""
        return [one for one in self.milestones if self.forum.closes_on < one.date <= today()]

    @property
    def day(self) -> dt.date:
        """The day of which the report tells."""
        return self.asked or today()

    @property
    def subject(self) -> str:
        """What it is about, in words."""
        if not self.roundtables:
            return str(self.forum)
        return f"{self.forum}, {roundtables_words(self.roundtables)}"

    @property
    def query(self) -> str:
        """What its address asks for."""
        about = [("roundtable", f"{self.forum.year}-{table.code}") for table in self.roundtables]
        day = [("as_of", self.asked.isoformat())] if self.asked else []
        return urlencode([*day, *(about or [("forum", str(self.forum.year))])])

    @property
    def path(self) -> str:
        """The address of its page."""
        return f"{reverse('report')}?{self.query}"

    @property
    def file_name(self) -> str:
        """What its file is called, without what kind of file it is: "gfmd-2010-rt1-rt3-2013-10-04"."""
        codes = [table.code.lower() for table in self.roundtables]
        shown = [codes[0], codes[-1]] if len(codes) > 2 else codes
        language = [] if current_language() == SOURCE_LANGUAGE else [current_language()]
        return "-".join(["gfmd", str(self.forum.year), *shown, self.day.isoformat(), *language])
