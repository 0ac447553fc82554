"""How each item of an outline is likely to be read: its nature, whom it addresses, themes, what it repeats.

Each suggestion says why. What only this installation knows (``Known``) is handed in: nothing here asks the database.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from tracker.imports.document import cues
from tracker.imports.document.natures import nature_of
from tracker.imports.document.outline import (
    Addressed,
    Addressee,
    Contributor,
    FoundRecommendation,
    FoundStatement,
    Outline,
    Reading,
    Suggestion,
)
from tracker.models.status import Nature

FIRST_WORDS = 40  # letters: who stands there does what follows
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n")
STATED = frozenset({Nature.FINDING, Nature.PRINCIPLE})


def nothing_likely(text: str) -> tuple[Suggestion, ...]:
    """Return no earlier recommendation."""
    return ()


@dataclass(frozen=True)
class Known:
    """What an installation knows: keys of actors by name, of which are collective; themes; what a text may repeat."""

    actors: Mapping[str, str] = field(default_factory=dict)
    keys: frozenset[str] | None = None
    """Of all actors; where it is not given, all that the cues name are taken to exist."""
    themes: frozenset[str] | None = None
    repeats: Callable[[str], tuple[Suggestion, ...]] = nothing_likely

    def names(self) -> re.Pattern[str] | None:
        """Return a pattern of the names of single actors, the longest first."""
        longest = sorted(self.actors, key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)") if longest else None


def with_readings(outline: Outline, known: Known) -> Outline:
    """Return the outline with a reading of each recommendation and closing item, and the contributors' keys."""
    suggest = _Suggesting(known, outline.forum.language, outline.forum.year)
    roundtables = tuple(
        replace(part, recommendations=tuple(suggest.of_recommendation(one) for one in part.recommendations))
        for part in outline.roundtables
    )
    statements = tuple(suggest.of_statement(statement) for statement in outline.statements)
    contributors = tuple(_recognised(one, known) for one in outline.forum.contributors)
    forum = replace(outline.forum, contributors=contributors)
    return replace(outline, forum=forum, roundtables=roundtables, statements=statements)


def _recognised(contributor: Contributor, known: Known) -> Contributor:
    return replace(contributor, actor=known.actors.get(contributor.name, ""))


class _Suggesting:
    def __init__(self, known: Known, language: str, year: int | None) -> None:
        self.known, self.language = known, language
        self.names = known.names()
        self.group_is_gone = year is not None and year > cues.LAST_YEAR_OF_THE_GROUP

    def of_recommendation(self, found: FoundRecommendation) -> FoundRecommendation:
        return replace(found, reading=self.reading(found.text, found.context))

    def of_statement(self, found: FoundStatement) -> FoundStatement:
        return found if found.reading is None else replace(found, reading=self.reading(found.text, ""))

    def reading(self, text: str, context: str) -> Reading:
        """Return how a text is likely to be read; ``context`` is what stands above and beside it."""
        nature = nature_of(f"{context}: {text}" if cues.ASKS.search(context) else text, self.language)
        return Reading(
            nature=nature,
            addressees=self._addressees(text, context, Nature(nature.value)),
            themes=self._themes(text),
            reiterates=self.known.repeats(text),
        )

    def _addressees(self, text: str, context: str, nature: Nature) -> tuple[Addressee, ...]:
        """Return who is named, else governments. What is stated addresses nobody by itself, whoever it names."""
        named = {**self._collectives(text), **self._singles(text)}
        above = {key: words for key, words in self._collectives(context).items() if key not in named}
        addressed = Addressed.INFERRED if nature in STATED else Addressed.EXPLICIT
        found = [
            Addressee(key, addressed, _("The text names “%(words)s”.") % {"words": words})
            for key, words in named.items()
        ]
        found += [
            Addressee(
                key, Addressed.EXPLICIT, _("What stands above or beside it names “%(words)s”.") % {"words": words}
            )
            for key, words in above.items()
        ]
        found = [self._of_the_forum(one, text, len(found)) for one in found if self._exists(one.actor)]
        if not any(one.addressed is Addressed.EXPLICIT for one in found) and "governments" not in {*named, *above}:
            reason = _("No one is named: recommendations are made to governments unless they say otherwise.")
            found.append(Addressee("governments", Addressed.INFERRED, reason))
        return tuple(found)

    def _of_the_forum(self, addressee: Addressee, text: str, number: int) -> Addressee:
        """Take the Forum as the setting where others are named too, unless the text begins with it."""
        begins = cues.FORUM.search(text[:FIRST_WORDS])
        first = begins is not None and not any(
            pattern.search(text[: begins.start()]) for pattern in cues.COLLECTIVES.values()
        )
        if addressee.actor != "gfmd" or number == 1 or (first and begins and begins.start() < FIRST_WORDS // 2):
            return addressee
        return replace(addressee, addressed=Addressed.INFERRED, reason=_("The text names the Forum beside others."))

    def _collectives(self, text: str) -> dict[str, str]:
        """Return the collectives that a text names, with its words. Countries of origin are no governments beside."""
        found = {key: match.group() for key, cue in cues.COLLECTIVES.items() if (match := cue.search(text))}
        if "governments-origin" in found or "governments-destination" in found:
            found.pop("governments", None)
        if "gmg" in found and self.group_is_gone:
            found["unnm"] = found.pop("gmg")
        return found

    def _singles(self, text: str) -> dict[str, str]:
        """Return the single actors that are named in a sentence that asks or promises something."""
        if self.names is None:
            return {}
        active = [one for one in SENTENCE.split(text) if cues.ASKS.search(one) or cues.UNDERTAKES.search(one)]
        return {self.known.actors[name]: name for one in active for name in self.names.findall(one)}

    def _exists(self, key: str) -> bool:
        return self.known.keys is None or key in self.known.keys

    def _themes(self, text: str) -> tuple[Suggestion, ...]:
        return tuple(
            Suggestion(slug, _("The text says “%(words)s”.") % {"words": match.group()})
            for slug, cue in cues.THEME_WORDS.items()
            if (self.known.themes is None or slug in self.known.themes) and (match := cue.search(text))
        )
