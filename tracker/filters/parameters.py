"""The parameters of the list: their names in addresses, what pages call them, and what may stand for each."""

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

SEVERAL = ("forum", "roundtable", "track", "status", "standing", "nature", "actor", "kind", "theme", "relation")
DATES = ("last_followup_before", "last_followup_since")
SINGLE = ("q", *DATES, "as_of", "sort")
PARAMETERS = ("q", *SEVERAL, *DATES, "as_of", "sort")
"""In the order of the form. Addresses name them by the alphabet."""
NONE = "none"
"""The value of ``relation`` that asks for recommendations on which no follow-up is on record."""
LONGEST_QUERY = 500
"""Letters of a query. A longer one is no longer typed by anybody."""
MOST_VALUES = 50
"""Values of one parameter. Nobody chooses more, and each costs time."""

LABELS: dict[str, str | Promise] = {
    "q": gettext_lazy("Words"),
    "forum": gettext_lazy("Forum"),
    "roundtable": gettext_lazy("Roundtable"),
    "track": gettext_lazy("Part of the conclusions"),
    "status": gettext_lazy("Status"),
    "standing": gettext_lazy("Standing"),
    "nature": gettext_lazy("Nature"),
    "actor": gettext_lazy("Actor"),
    "kind": gettext_lazy("Kind of actor addressed"),
    "theme": gettext_lazy("Theme"),
    "relation": gettext_lazy("Follow-ups"),
    "last_followup_before": gettext_lazy("Last follow-up before"),
    "last_followup_since": gettext_lazy("Last follow-up since"),
    "as_of": gettext_lazy("Stand as of"),
    "sort": gettext_lazy("Sorted by"),
}
FORMS_OF_VALUES: dict[str, str | Promise] = {
    "q": gettext_lazy("words to look for, at most 500 letters"),
    "forum": gettext_lazy("the year of a Forum, as in 2010"),
    "roundtable": gettext_lazy("year and code of a roundtable, as in 2010-RT1"),
    "actor": gettext_lazy("the name or acronym of an actor, or the short name that ends the address of its page"),
    "theme": gettext_lazy("the short name of a theme, as in human-rights"),
    "last_followup_before": gettext_lazy("a date, as in 2013-10-04"),
    "last_followup_since": gettext_lazy("a date, as in 2013-10-04"),
    "as_of": gettext_lazy("a date that is not ahead, as in 2013-10-04, or the name of a milestone"),
}


def given(address: QueryDict) -> QueryDict:
    """Return the filters of an address, by the alphabet. What is empty does not count, what is repeated counts once."""
    asked = QueryDict(mutable=True)
    for name in sorted(PARAMETERS):
        if values := list(dict.fromkeys(filter(None, address.getlist(name)))):
            asked.setlist(name, values)
    return asked
