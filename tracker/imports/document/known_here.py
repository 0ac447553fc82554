"""What this installation knows that helps to read a document."""

from django.utils.translation import gettext as _

from tracker.imports.document.outline import Suggestion
from tracker.imports.document.suggesting import Known
from tracker.likeness import Likeness, likeliest_before
from tracker.models import Actor, Language, Theme

SHORTEST_ACRONYM = 3
MOST_REPEATED = 2
FEWEST_SHARED = 3
# By which documents call States beside their names as Members of the United Nations.
ALSO = {
    "united-states-of-america": ("United States", "USA", "États-Unis", "Estados Unidos"),
    "united-kingdom": ("United Kingdom", "UK", "Royaume-Uni", "Reino Unido"),
    "netherlands": ("Netherlands", "The Netherlands", "Pays-Bas", "Países Bajos"),
    "republic-of-korea": ("Korea", "South Korea", "Corée du Sud", "Corea"),
    "russian-federation": ("Russia", "Russie", "Rusia"),
    "turkiye": ("Turkey", "Turquie", "Turquía"),
}


def known_here(year: int | None) -> Known:
    """Return what is on record: actors, themes, and the recommendations of Forums before ``year``. Two queries."""
    names = [f"{field}_{language}" for field in ("name", "acronym") for language in Language]
    rows = list(Actor.objects.order_by("pk").values_list("key", "is_collective", *names))
    actors = {name: key for key, collective, *own in rows if not collective for name in own if _tells(name)}
    keys = frozenset(key for key, *_rest in rows)
    actors |= {name: key for key, others in ALSO.items() if key in keys for name in others}
    return Known(
        actors={name: key for name, key in actors.items() if key != "gfmd"},
        keys=keys or None,
        themes=frozenset(Theme.objects.values_list("slug", flat=True)) or None,
        repeats=lambda text: _repeated(text, year) if year else (),
    )


def _tells(name: str) -> bool:
    return len(name) >= SHORTEST_ACRONYM


def _repeated(text: str, year: int) -> tuple[Suggestion, ...]:
    likely = [one for one in likeliest_before(year, text) if len(one.shared) >= FEWEST_SHARED]
    return tuple(Suggestion(one.recommendation.reference, _reason(one)) for one in likely[:MOST_REPEATED])


def _reason(one: Likeness) -> str:
    return _("Both say: %(words)s") % {"words": ", ".join(one.shared)}
