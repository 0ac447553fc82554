"""From paragraphs to parts: a machine that reads them in order and knows where in the document it is.

It begins in the preamble; a heading leads to a section, a roundtable, or the recommendations of one. ``headings`` says
what a paragraph heads, ``points`` what is one recommendation, ``preamble`` which of the first lines is the title.
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from tracker.imports.document import headings, patterns
from tracker.imports.document.headings import RoundtableHeading
from tracker.imports.document.levels import bullet_of
from tracker.imports.document.outline import Role
from tracker.imports.document.paragraphs import Paragraph, without
from tracker.imports.document.points import Points
from tracker.imports.document.position import Part, Place, Structure
from tracker.imports.document.preamble import preamble_of

MOST_PARTS = 200
"""Roundtables that are told apart; what calls itself one beyond them is a section."""


def structure_of(paragraphs: Sequence[Paragraph]) -> Structure:
    """Return the parts of a document."""
    machine = _Machine(paragraphs)
    machine.run()
    return machine.found


class _Machine(Points):
    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        super().__init__(paragraphs, [_roundtable(paragraph) for paragraph in paragraphs])
        self.kind = _outermost(self.heads)
        self.whole_numbers = {head.number[0] for head in self.heads if head and head.kind == self.kind and _whole(head)}
        self.found.preamble = preamble_of(paragraphs, self._is_content)
        self.section = self.found.preamble.title

    # What stands where

    def run(self) -> None:
        self._take_preamble()
        while self.next < len(self.paragraphs):
            place, self.next = self.next, self.next + 1
            self._read(self.paragraphs[place], place)

    def _take_preamble(self) -> None:
        preamble = self.found.preamble
        for place in range(preamble.length):
            role = preamble.roles.get(place, Role.PASSED_OVER)
            self._mark(self.paragraphs[place], role)
            self._theme_in(self.paragraphs[place], place)
        self.next = max(preamble.length, self.next)

    def _read(self, paragraph: Paragraph, place: int) -> None:
        head = self.heads[place]
        heads_points = self.part is not None and headings.announces(paragraph.text)
        if self.found.preamble.repeats(paragraph.text) and not heads_points:
            self._mark(paragraph, Role.FURNITURE)
        elif head is not None and self._begins_roundtable(head):
            self._begin(paragraph, head)
        elif head is not None:
            self._begin_within(paragraph, head)
        elif self._theme_in(paragraph, place):
            return
        elif not self._announced(paragraph):
            self._read_words(paragraph, place)

    def _read_words(self, paragraph: Paragraph, place: int) -> None:
        if self.place is Place.RECOMMENDATIONS:
            self._read_recommendation(paragraph, place)
        elif self._is_heading(paragraph, place):
            self._head(paragraph)
        else:
            self._say(paragraph)

    def _theme_in(self, paragraph: Paragraph, place: int) -> bool:
        """Take the central theme, which stands after its heading or in the next paragraph."""
        if (
            self.found.theme
            or self.place is Place.RECOMMENDATIONS
            or bullet_of(paragraph.marker or "•").sort == "letter"
        ):
            return False
        told = patterns.THEME.fullmatch(paragraph.text)
        following = self.paragraphs[place + 1] if place + 1 < len(self.paragraphs) else None
        if told and self.heads[place] is None and (len(self.found.parts) == 0 or "entral" in paragraph.text[:10]):
            self.found.theme = headings.unquoted(told["theme"])
        elif following and patterns.THEME.fullmatch(f"{paragraph.text.rstrip(':')}: x") and not following.marker:
            self.found.theme = headings.unquoted(following.text)
            self._mark(following, Role.THEME)
            self.next = place + 2
        else:
            return False
        self._mark(paragraph, Role.THEME)
        return True

    # Roundtables

    def _begins_roundtable(self, head: RoundtableHeading) -> bool:
        """Tell whether it is one by itself, no session of one: "Session 1.2" is part of Roundtable 1 where that is."""
        by_itself = _whole(head) or head.number[0] not in self.whole_numbers
        return head.kind == self.kind and by_itself and len(self.found.parts) < MOST_PARTS

    def _begin(self, paragraph: Paragraph, head: RoundtableHeading) -> None:
        self._mark(paragraph, Role.ROUNDTABLE)
        announced = headings.announces(head.title)
        title = "" if announced else head.title or self._title_below()
        part = self._part_of(head, title)
        if part is None:
            number = self._number_of(head, paragraph)
            part = Part(number, title, paragraph.line, head.named, paragraph)
            self.found.parts.append(part)
        part.title, part.line, part.heading = part.title or title, paragraph.line, paragraph
        self.part, self.session, self.under, self.place = part, "", "", Place.ROUNDTABLE
        self._new_list()
        if announced or self.general:
            self._announce(paragraph)

    def _title_below(self) -> str:
        """Return the title of a roundtable that stands below its number."""
        if self.next >= len(self.paragraphs) or self.heads[self.next] is not None:
            return ""
        below = self.paragraphs[self.next]
        if below.marker or headings.announces(below.text) or headings.is_within(below.text):
            return ""
        if not headings.resembles_heading(below.text, headings.LONGEST) or headings.announces_in_a_sentence(below.text):
            return ""
        self._mark(below, Role.ROUNDTABLE)
        self.next += 1
        return headings.unquoted(below.text)

    def _part_of(self, head: RoundtableHeading, title: str) -> Part | None:
        """Return the roundtable that a heading names again: in a list of contents first, in an annex later."""
        for part in self.found.parts:
            named = part.number == head.number[0] if _whole(head) else part.named.casefold() == head.named.casefold()
            other = title and part.title and title.casefold() != part.title.casefold() and part.items
            if named and not other:
                return part
        return None

    def _number_of(self, head: RoundtableHeading, paragraph: Paragraph) -> int:
        """Return the number of a new roundtable: its own where it is whole and free, else the next."""
        taken = {part.number for part in self.found.parts}
        own = head.number[0] if _whole(head) else 0
        if own and own not in taken:
            return own
        number = max(taken, default=0) + 1
        self._doubt(
            paragraph,
            _("The document calls this “%(named)s”; here it is RT%(number)d.")
            % {"named": head.named, "number": number},
        )
        return number

    def _begin_within(self, paragraph: Paragraph, head: RoundtableHeading) -> None:
        """Begin a session of a roundtable, or what stands outside all of them."""
        self._mark(paragraph, Role.SECTION)
        self._new_list()
        own = self.part is not None and (_whole(head) or head.number[0] == self.part.number)
        if own and head.kind != "cluster":
            self.session, self.under, self.place = paragraph.whole, "", Place.ROUNDTABLE
        else:
            self.section, self.under, self.place = paragraph.whole, "", Place.SECTION

    # Headings

    def _announced(self, paragraph: Paragraph) -> bool:
        """Take a heading of recommendations, or the sentence that leads to them."""
        if bullet_of(paragraph.marker).sort == "glyph" and paragraph.marker:
            return False
        if headings.announces(paragraph.text) or self._announces_within(paragraph):
            self._announce(paragraph)
            return True
        begun = headings.announced_with(paragraph.text)
        if begun and self.part is not None and self.place is not Place.SECTION:
            self._announce(without(paragraph, begun[0], marker=paragraph.marker))
            self._read_recommendation(without(paragraph, begun[1]), self.next - 1)
            return True
        leads = self.place is Place.ROUNDTABLE and headings.announces_in_a_sentence(paragraph.text)
        if leads and not paragraph.marker:
            self._announce(paragraph)
            self.under = paragraph.text
        return leads and not paragraph.marker

    def _announces_within(self, paragraph: Paragraph) -> bool:
        """Tell whether a heading of a roundtable is one of recommendations in words of its own."""
        if self.place is Place.SECTION or not headings.announces_loosely(paragraph.text):
            return False
        set_apart = (
            paragraph.heading
            or paragraph.text.endswith(":")
            or (not paragraph.marker and self._begins_block(self.next - 1))
        )
        bare = self.place is Place.RECOMMENDATIONS and not paragraph.heading
        return bool(set_apart) and not bare and headings.resembles_heading(paragraph.text)

    def _announce(self, paragraph: Paragraph) -> None:
        part = self._named_in(paragraph) or self.part
        if part is None or (part is self.part and self._is_outside(paragraph)):
            self._announce_outside(paragraph)
            return
        grouped = self.place is Place.RECOMMENDATIONS and patterns.GROUP.search(paragraph.text)
        self.under = paragraph.text if grouped else ""
        self._mark(paragraph, Role.RECOMMENDATIONS, about=f"RT{part.number}")
        self.part, self.place = part, Place.RECOMMENDATIONS
        part.announced = True
        self._new_list()

    def _announce_outside(self, paragraph: Paragraph) -> None:
        """Take a heading of recommendations that is none of a roundtable: it may stand above all of them."""
        self.general = self.part is None and self._stands_above()
        self._mark(paragraph, Role.RECOMMENDATIONS if self.general else Role.SECTION)
        self.section, self.place, self.under = paragraph.whole, Place.SECTION, ""
        self._new_list()
        if not self.general:
            sentence = _("“%(heading)s” stands outside the roundtables: what follows is proposed as statements.")
            self._doubt(paragraph, sentence % {"heading": paragraph.text.rstrip(":")})

    def _stands_above(self) -> bool:
        """Tell whether a roundtable comes next, and none has a heading of recommendations of its own."""
        following = self.heads[self.next] if self.next < len(self.heads) else None
        return following is not None and not self._announces_after(self.next)

    def _named_in(self, paragraph: Paragraph) -> Part | None:
        """Return the roundtable that a heading of recommendations names: "Recommendations of Roundtable 2"."""
        head = headings.roundtable_within(paragraph.text)
        if head is None or head.kind != self.kind or not _whole(head):
            return None
        for part in self.found.parts:
            if part.number == head.number[0]:
                return part
        part = Part(head.number[0], "", paragraph.line, head.named, paragraph)
        self.found.parts.append(part)
        return part

    def _is_outside(self, paragraph: Paragraph) -> bool:
        """Tell whether a heading of recommendations is none of the roundtable before it."""
        if self.part is None or self.place is Place.SECTION:
            return True
        above = 0 < paragraph.level <= self.part.heading.level
        return above or bool(self.part.items and patterns.GENERAL.search(paragraph.text))

    def _only_entitles(self, place: int) -> bool:
        """Tell whether a title only sounds like a heading of recommendations: "Conclusions and recommendations"."""
        following = self.heads[place + 1] if place + 1 < len(self.heads) else None
        return following is not None and self._announces_after(place + 1)

    def _announces_after(self, place: int) -> bool:
        """Tell whether a heading of recommendations comes at ``place`` or later."""
        return any(headings.announces(self.paragraphs[later].text) for later in range(place, len(self.paragraphs)))

    def _is_content(self, place: int) -> bool:
        """Tell whether a paragraph is none of the lines before the first part."""
        paragraph = self.paragraphs[place]
        return (
            self.heads[place] is not None
            or (headings.announces(paragraph.text) and not self._only_entitles(place))
            or (bool(paragraph.marker) and bullet_of(paragraph.marker).sort == "glyph")
            or (not paragraph.heading and not headings.resembles_heading(paragraph.text))
        )


def _roundtable(paragraph: Paragraph) -> RoundtableHeading | None:
    if paragraph.marker and bullet_of(paragraph.marker).sort == "glyph":
        return None
    return headings.roundtable_heading(paragraph.text)


def _outermost(heads: Sequence[RoundtableHeading | None]) -> str:
    """Return the word that the document uses for roundtables: the most particular one."""
    kinds = {head.kind for head in heads if head}
    return next((kind for kind in patterns.ROUNDTABLE_WORDS if kind in kinds), "roundtable")


def _whole(head: RoundtableHeading) -> bool:
    return len(head.number) == 1
