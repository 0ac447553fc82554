"""The words for which a list is searched by the parameter ``q``: updates and actors."""

from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from tracker.filters.parameters import FORMS_OF_VALUES, LONGEST_QUERY
from tracker.search import Search, parse
from tracker.search.query import MOST_TERMS
from tracker.views.parameters import BadParameter


@dataclass(frozen=True)
class WordsAsked:
    """What was typed into the box of a list. It is true where there is something to look for."""

    typed: str

    @cached_property
    def search(self) -> Search:
        """What is looked for."""
        return Search(parse(self.typed))

    @property
    def query(self) -> QueryDict:
        """What asks for it in an address."""
        asked = QueryDict(mutable=True)
        asked.update({"q": self.typed} if self.typed else {})
        return asked

    def __bool__(self) -> bool:
        return bool(self.search.query)

    @property
    def note(self) -> str:
        """What to say of words that hold no word, or of too many; empty where there is nothing to say."""
        if self.typed and not self:
            return _("There is no word in “%(typed)s” that could be looked for.") % {"typed": self.typed}
        if self.search.query.shortened:
            return _("Only the first %(number)d words were looked for.") % {"number": MOST_TERMS}
        return ""


def words_asked(request: HttpRequest) -> WordsAsked:
    """Return what is looked for; refuse what is longer than anybody types, and signs that no text has."""
    typed = request.GET.get("q", "").strip()
    if len(typed) > LONGEST_QUERY or "\0" in typed:
        raise BadParameter("q", typed, str(FORMS_OF_VALUES["q"]))
    return WordsAsked(typed)
