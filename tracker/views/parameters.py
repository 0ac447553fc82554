"""The parameters of public pages. A value that cannot be used is refused in words."""

import datetime as dt
from collections.abc import Iterable

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from tracker.errors import Refused
from tracker.models import Forum, Milestone
from tracker.progress import check_day, parse_as_of, today

POSITION = ("page", "cursor")
"""The parameters that say where in a list one is; all others say which list it is."""


class BadParameter(Exception):
    """A known parameter has a value that cannot be used. ``allowed`` says in words what can."""

    def __init__(self, name: str, value: str, allowed: str) -> None:
        super().__init__(name)
        self.name, self.value, self.allowed = name, value, allowed

    @property
    def is_position(self) -> bool:
        """Whether it says where in a list one is, not which list."""
        return self.name in POSITION


def known_parameters(request: HttpRequest) -> frozenset[str]:
    """Return the names of the parameters that the page being answered knows (``public`` registers them)."""
    view = request.resolver_match.func if request.resolver_match else None
    return getattr(view, "parameters", frozenset())


def refuse_repeated(given: QueryDict, single: frozenset[str]) -> None:
    """Refuse several values of a parameter that takes one."""
    for name in sorted(single):
        values = given.getlist(name)
        if len(values) > 1:
            raise BadParameter(name, ", ".join(values), _("one value; the address gives several"))


def asked_day(
    request: HttpRequest, forum: Forum, milestones: Iterable[Milestone], name: str = "as_of"
) -> dt.date | None:
    """Return the day that a parameter names, None where it is not given. ``milestones``: all there are.

    Refused: what is neither a date nor a milestone, a day on which the Forum had not closed, a day ahead.
    """
    text = request.GET.get(name)
    return named_day(text, forum, milestones, name) if text else None


def named_day(text: str, forum: Forum, milestones: Iterable[Milestone], name: str = "as_of") -> dt.date:
    """Return the day that a date or the name of a milestone names, refused as the parameter ``name``."""
    try:
        day = next((one.date for one in milestones if one.slug == text), None) or parse_as_of(text)
        check_day(forum, day)
    except ValueError:
        raise BadParameter(name, text, _("a date, as in 2013-10-04, or the name of a milestone")) from None
    except Refused as refusal:
        raise BadParameter(name, text, str(refusal)) from None
    return day


def offered(milestones: Iterable[Milestone], forum: Forum) -> list[Milestone]:
    """Return the milestones at which the Forum's progress can be asked for: after its closing, and not ahead."""
    return [one for one in milestones if forum.closes_on < one.date <= today()]


def kept(**values: str) -> QueryDict:
    """Return the parameters that the links of a page carry on (``{% querystring kept %}``), without the empty ones."""
    carried = QueryDict(mutable=True)
    carried.update({name: value for name, value in values.items() if value})
    return carried
