"""Actors as sheets name them: by slug, key, ISO code, name or acronym. Read once for an import."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from tracker.imports.sheets.columns import CellError
from tracker.models import Actor, Language, Membership, fold

COLUMNS = (
    *("pk", "slug", "key", "country", "country_alpha3", "is_collective"),
    *(f"{name}_{language}" for name in ("name", "acronym") for language in Language.values),
)


class ActorNames:
    """Which actor a name means."""

    def __init__(self) -> None:
        self.keys: dict[str, int] = {}
        self.countries: dict[str, str] = {}
        self.collectives: set[str] = set()
        self._words: defaultdict[str, set[str]] = defaultdict(set)
        for key, slug, old, country, alpha3, is_collective, *words in Actor.objects.order_by().values_list(*COLUMNS):
            self.know(slug, key, country, (old, alpha3, *words), is_collective=is_collective)

    def know(self, slug: str, key: int, country: str, words: Iterable[str], *, is_collective: bool) -> None:
        """Take an actor in. ``key``: that of its row, 0 while there is none yet."""
        self.keys[slug] = key
        if country:
            self.countries.setdefault(country, slug)
        for word in (country, *words):
            if word:
                self._words[fold(word)].add(slug)
        if is_collective:
            self.collectives.add(slug)

    def slug_of(self, text: str) -> str:
        """Return the slug of the one actor that a text names. Raises ``CellError``."""
        if text in self.keys:
            return text
        found = self._words.get(fold(text), set())
        if len(found) == 1:
            return next(iter(found))
        if found:
            raise CellError(
                _("“%(text)s” may be any of %(slugs)s: write one of these.")
                % {"text": text, "slugs": ", ".join(sorted(found))}
            )
        raise CellError(
            _("There is no actor “%(text)s”: write a slug, an ISO code or the whole name.") % {"text": text}
        )


class Seats:
    """Who sits where: so that no collective is made a member of itself."""

    def __init__(self) -> None:
        self.above: defaultdict[str, set[str]] = defaultdict(set)
        pairs = Membership.objects.order_by().values_list("member__slug", "collective__slug")
        for member, collective in pairs:
            self.above[member].add(collective)

    def closes_a_circle(self, member: str, collective: str) -> bool:
        """Tell whether ``member`` is the collective, or above it."""
        level, seen = {collective}, {collective}
        while level:
            level = {one for below in level for one in self.above[below]} - seen
            seen |= level
        return member in seen
