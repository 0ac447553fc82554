"""The lines before the first part of a document: its title, the occasion, and what is neither."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tracker.imports.document import patterns
from tracker.imports.document.outline import Role
from tracker.imports.document.paragraphs import Paragraph

MOST = 12


@dataclass
class Preamble:
    """What the first ``length`` paragraphs are."""

    length: int = 0
    title: str = ""
    occasion: str = ""
    roles: dict[int, Role] = field(default_factory=dict)

    def repeats(self, text: str) -> bool:
        """Tell whether a later line only says the title or the occasion again, as a page's header does."""
        again = text.casefold()
        return bool(again) and again in {self.title.casefold(), self.occasion.casefold()}


def preamble_of(paragraphs: Sequence[Paragraph], is_content: Callable[[int], bool]) -> Preamble:
    """Return what stands before the first part. The last line before it may be its heading: then it is left to it."""
    lead = 0
    while lead < min(len(paragraphs), MOST) and not is_content(lead):
        lead += 1
    title = _title(paragraphs[:lead])
    if title is None:
        return Preamble()
    last = lead - 1
    heads = last != title and last > 0 and not _is_theme(paragraphs[last]) and lead < len(paragraphs)
    heads = (
        heads and paragraphs[last].apart and not any(character.isdigit() for character in paragraphs[last].text[-5:])
    )
    length = last if heads else lead
    found = Preamble(length, paragraphs[title].text, roles={title: Role.TITLE})
    occasion = _occasion(paragraphs[:length], title)
    if occasion is not None:
        found.occasion, found.roles[occasion] = paragraphs[occasion].text, Role.OCCASION
    return found


def _title(lead: Sequence[Paragraph]) -> int | None:
    """Return the place of the title: what calls itself conclusions of a Forum or Chair, else what is set largest."""
    tests: tuple[Callable[[Paragraph], bool], ...] = (
        lambda one: bool(patterns.TITLE.search(one.text) and patterns.FORUM_WORDS.search(one.text)),
        lambda one: bool(patterns.TITLE.search(one.text)),
        lambda one: one.heading == 1,
        lambda one: not _is_theme(one),
    )
    for test in tests:
        for place, paragraph in enumerate(lead):
            if test(paragraph):
                return place
    return None


def _occasion(lead: Sequence[Paragraph], title: int) -> int | None:
    """Return the place of the meeting to which it was presented: rather another than the Forum itself."""
    named = [
        place
        for place, one in enumerate(lead)
        if place != title and patterns.OCCASION.search(one.text) and not _is_theme(one)
    ]
    other = [place for place in named if not patterns.FORUM_WORDS.search(lead[place].text)]
    return next(iter([*other, *named]), None)


def _is_theme(paragraph: Paragraph) -> bool:
    return bool(patterns.THEME.fullmatch(paragraph.text) or patterns.THEME.fullmatch(f"{paragraph.text}: x"))
