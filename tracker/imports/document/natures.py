"""What kind of statement a text is, by its verbs. A suggestion with the words that led to it."""

from django.utils.translation import gettext as _

from tracker.imports.document import cues
from tracker.imports.document.outline import Suggestion
from tracker.models.status import Nature

# In this order: "agreed that governments should" asks, "agreed to begin" undertakes, "is a principle" neither.
ORDER = (
    (Nature.REQUEST, cues.ASKS),
    (Nature.UNDERTAKING, cues.UNDERTAKES),
    (Nature.PRINCIPLE, cues.PRINCIPLE),
    (Nature.REQUEST, cues.NEEDS),
)
FRENCH = ((Nature.UNDERTAKING, cues.FRENCH_FUTURE),)
DONE = frozenset({Nature.REQUEST, Nature.UNDERTAKING})
"""What someone is to do something about."""


def nature_of(text: str, language: str) -> Suggestion:
    """Return the nature that the verbs of a text suggest, and why. What asks for nothing is a finding."""
    first = text.split(None, 1)[0].strip("“«\"'").casefold() if text.strip() else ""
    if _is_imperative(first, language):
        return Suggestion(Nature.REQUEST, _("It begins with what is to be done: “%(words)s”.") % {"words": first})
    for nature, cue in (*ORDER, *FRENCH * (language == "fr")):
        if found := cue.search(text):
            return Suggestion(nature, _("The text says “%(words)s”.") % {"words": found.group()})
    return Suggestion(Nature.FINDING, _("No verb of the text asks for anything or promises it."))


def _is_imperative(word: str, language: str) -> bool:
    if language == "en":
        return word in cues.IMPERATIVES
    return bool(cues.INFINITIVE.fullmatch(word)) and word not in cues.NOT_INFINITIVES


def asks_something(nature: Suggestion) -> bool:
    """Tell whether a statement of the closing part is an item of it: it asks for something, or promises it."""
    return Nature(nature.value) in DONE
