"""From paragraphs to parts: a machine that reads them in order and knows where in the document it is.

It begins in the preamble; a heading leads to a section, a roundtable, or the recommendations of one. ``headings`` says
what a paragraph heads, ``levels`` how deep a point is, ``preamble`` which of the first lines is the title.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from django.utils.translation import gettext as _

from tracker.imports.document import cues, headings, patterns
from tracker.imports.document.headings import RoundtableHeading
from tracker.imports.document.levels import Levels, bullet_of
from tracker.imports.document.outline import Doubt, Role
from tracker.imports.document.paragraphs import Paragraph, without
from tracker.imports.document.preamble import Preamble, preamble_of

SHORT_LEAD = 6  # words: "The topics were:" leads to a list, and heads no section
LONGEST_SECTION = 200


class Place(Enum):
    """Where in the document a paragraph stands."""

    SECTION = auto()
    ROUNDTABLE = auto()
    RECOMMENDATIONS = auto()


@dataclass
class Item:
    """A recommendation on its way: its paragraphs' words, and what is to be said of it."""

    paragraph: Paragraph
    text: str
    notes: list[str] = field(default_factory=list)
    emphasis: list[str] = field(default_factory=list)
    context: str = ""


@dataclass
class Part:
    """A roundtable on its way."""

    number: int
    title: str
    line: int
    named: str
    heading: Paragraph
    items: list[Item] = field(default_factory=list)
    announced: bool = False


@dataclass(frozen=True)
class Said:
    """A statement outside the recommendations. ``after`` is how many roundtables had begun before it."""

    section: str
    paragraph: Paragraph
    level: int
    after: int
    in_roundtable: bool


@dataclass
class Structure:
    """What was found, and what each paragraph was recognised as."""

    preamble: Preamble
    parts: list[Part] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    theme: str = ""
    roles: dict[int, tuple[Role, str]] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)


def structure_of(paragraphs: Sequence[Paragraph]) -> Structure:
    """Return the parts of a document."""
    machine = _Machine(paragraphs)
    machine.run()
    return machine.found


class _Machine:
    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self.paragraphs = paragraphs
        self.heads = [_roundtable(paragraph) for paragraph in paragraphs]
        self.kind = _outermost(self.heads)
        self.whole_numbers = {head.number[0] for head in self.heads if head and head.kind == self.kind and _whole(head)}
        self.found = Structure(preamble_of(paragraphs, self._is_content))
        self.place = Place.SECTION
        self.section = self.found.preamble.title
        self.part: Part | None = None
        self.general = False  # whether one heading of recommendations stands above all roundtables
        self.session = ""  # of a roundtable that has several
        self.under = ""  # another heading within a roundtable: what it is about, or whom the next points address
        self.levels = Levels()
        self.said_before: Paragraph | None = None
        self.next = 0

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
        if self.found.preamble.repeats(paragraph.text):
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
        return head.kind == self.kind and (_whole(head) or head.number[0] not in self.whole_numbers)

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
        if not headings.resembles_heading(below.text) or headings.announces_in_a_sentence(below.text):
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
        later = self.paragraphs[self.next :]
        return following is not None and not any(headings.announces(paragraph.text) for paragraph in later)

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
        above = 0 < paragraph.heading <= self.part.heading.heading < 7
        return above or bool(self.part.items and patterns.GENERAL.search(paragraph.text))

    def _is_heading(self, paragraph: Paragraph, place: int) -> bool:
        """Tell whether a paragraph heads what follows it."""
        numbered = bool(paragraph.marker)
        if numbered and bullet_of(paragraph.marker).sort == "glyph":
            return False
        if 0 < paragraph.heading < 7:
            return True
        following = self.paragraphs[place + 1] if place + 1 < len(self.paragraphs) else None
        if following is None or not headings.resembles_heading(paragraph.text):
            return False
        if headings.tells_after_a_colon(paragraph.text) or (numbered and cues.ASKS.search(paragraph.text)):
            return False
        if paragraph.text.endswith(":") and len(paragraph.text.split()) > SHORT_LEAD:
            return False
        if numbered:
            return bullet_of(following.marker, paragraph.marker) != bullet_of(paragraph.marker) and not paragraph.indent
        return paragraph.heading == 7 or self._begins_block(place)

    def _begins_block(self, place: int) -> bool:
        """Tell whether a paragraph does not go on with the one before it: there is space, a heading, or a full stop."""
        before = self.paragraphs[place - 1] if place else None
        head = before is None or before.heading or self.heads[place - 1] is not None
        return bool(head) or self.paragraphs[place].apart or (before is not None and before.ends)

    def _head(self, paragraph: Paragraph) -> None:
        """Take a heading that is none of recommendations: a part of the roundtable, or a section outside it."""
        self._mark(paragraph, Role.SECTION)
        self._new_list()
        part, text = self.part, paragraph.text.rstrip(":").strip()
        within = self.place is not Place.SECTION and part is not None
        if within and part is not None and self._stays(paragraph, part):
            self.under, self.place = text, Place.ROUNDTABLE
        else:
            self.section, self.under, self.place, self.general = text, "", Place.SECTION, False

    def _stays(self, paragraph: Paragraph, part: Part) -> bool:
        level = part.heading.heading
        if 0 < paragraph.heading < 7 and 0 < level < 7:
            return paragraph.heading > level
        if headings.is_within(paragraph.text):
            return True
        return not part.items and not headings.is_closing(paragraph.text)

    # Recommendations and statements

    def _read_recommendation(self, paragraph: Paragraph, place: int) -> None:
        if paragraph.marker and not self._leaves(paragraph):
            self._read_point(paragraph)
        elif paragraph.marker:
            self._head(paragraph)
        elif self._is_group(paragraph, place):
            self._mark(paragraph, Role.RECOMMENDATIONS, about=self._code)
            self.under = paragraph.text
            self.levels = Levels()
        elif self._ends_list(paragraph, place):
            self._head(paragraph)
        else:
            self._read_bare(paragraph, place)

    def _leaves(self, point: Paragraph) -> bool:
        """Tell whether a numbered line is the next heading: its number follows that of the roundtable's own."""
        own = self.part.heading.marker if self.part else ""
        bullet = bullet_of(point.marker, own)
        if not bullet.numbers or not headings.resembles_heading(point.text):
            return False
        if 0 < point.heading < 7 or (headings.is_closing(point.text) and len(point.text.split()) <= 10):
            return True
        known = any(other == bullet for _indent, other in self.levels.open)
        return bool(own) and not known and bullet == bullet_of(own)

    def _read_point(self, point: Paragraph) -> None:
        if self.levels.of(point) == 0 or not self._items:
            self._add(point)
        else:
            bullet = bullet_of(point.marker)
            self._append(point, f"{point.marker} {point.text}" if bullet.numbers else point.text)

    def _is_group(self, paragraph: Paragraph, place: int) -> bool:
        """Tell whether a line says whom, or what, the next recommendations are about: "To governments:"."""
        following = self.paragraphs[place + 1] if place + 1 < len(self.paragraphs) else None
        if following is None or self.heads[place + 1] is not None:
            return False
        leads = paragraph.text.endswith(":") and (bool(following.marker) or len(paragraph.text.split()) <= SHORT_LEAD)
        named = headings.resembles_heading(paragraph.text) and patterns.GROUP.fullmatch(paragraph.text)
        return leads or bool(named and not headings.is_closing(paragraph.text) and len(paragraph.text) < 80)

    def _ends_list(self, paragraph: Paragraph, place: int) -> bool:
        """Tell whether a line without a bullet heads another part."""
        text = paragraph.text
        if 0 < paragraph.heading < 7:
            return True
        if not headings.resembles_heading(text):
            return False
        if paragraph.heading == 7 or headings.is_within(text) or self._closes(paragraph, place):
            return True
        items = self._block
        if items and items[-1].paragraph.marker:
            return place + 1 < len(self.paragraphs)
        return bool(items) and all(item.paragraph.ends for item in items)

    def _closes(self, paragraph: Paragraph, place: int) -> bool:
        short = len(paragraph.text.split()) <= 10 and paragraph.apart and place + 1 < len(self.paragraphs)
        return short and headings.is_closing(paragraph.text)

    def _read_bare(self, paragraph: Paragraph, place: int) -> None:
        """Read a paragraph without a bullet: a recommendation where none has one, else part of one, or none."""
        block = self._block
        following = self.paragraphs[place + 1] if place + 1 < len(self.paragraphs) else None
        if block and block[-1].paragraph.marker:
            if paragraph.indent > block[-1].paragraph.indent:
                self._append(paragraph, paragraph.text)
            else:
                self._keep(paragraph, _("This stands below the list without a bullet: it is proposed as a statement."))
        elif (
            not block
            and following
            and following.marker
            and bullet_of(following.marker)
            and self.heads[place + 1] is None
        ):
            self._keep(paragraph, _("This leads to the list and is none of its points: it is proposed as a statement."))
        else:
            self._add(paragraph)

    def _keep(self, paragraph: Paragraph, doubt: str) -> None:
        self._say(paragraph)
        self._doubt(paragraph, doubt)

    def _add(self, paragraph: Paragraph) -> None:
        item = Item(paragraph, paragraph.text, [*paragraph.notes], [*paragraph.emphasis])
        above = [heading.rstrip(": ") for heading in (self.session, self.under) if heading]
        item.context = "; ".join([*above, *paragraph.beside])
        item.notes += [_("It stands under “%(heading)s”.") % {"heading": heading} for heading in above]
        if paragraph.beside:
            item.notes.append(_("Beside it stands: %(words)s") % {"words": "; ".join(paragraph.beside)})
        self._items.append(item)
        self._block.append(item)
        self._mark(paragraph, Role.RECOMMENDATION, about=f"{self._code}-{len(self._items):02d}")

    def _append(self, paragraph: Paragraph, words: str) -> None:
        item = self._items[-1]
        item.text += f"\n{words}"
        item.notes += paragraph.notes
        item.emphasis += paragraph.emphasis
        self._mark(paragraph, Role.RECOMMENDATION, about=f"{self._code}-{len(self._items):02d}")

    def _say(self, paragraph: Paragraph) -> None:
        """Keep a statement as it stands."""
        if paragraph.marker:
            level = self.levels.of(paragraph)
            led = self.said_before is not None and not self.said_before.marker and self.said_before.text.endswith(":")
            level = min(level + led, 1)
        else:
            level, self.said_before, self.levels = 0, paragraph, Levels()
        in_roundtable = self.place is not Place.SECTION
        section = self._heading_now() if in_roundtable else self.section
        number = len(self.found.said) + 1
        self.found.said.append(Said(section[:LONGEST_SECTION], paragraph, level, len(self.found.parts), in_roundtable))
        self._mark(paragraph, Role.STATEMENT, about=f"S{number}")

    def _heading_now(self) -> str:
        named = self.part.named if self.part else ""
        return " – ".join(heading.rstrip(": ") for heading in (named, self.session, self.under) if heading)

    # What is kept

    @property
    def _items(self) -> list[Item]:
        return self.part.items if self.part else []

    @property
    def _code(self) -> str:
        return f"RT{self.part.number}" if self.part else ""

    def _new_list(self) -> None:
        self._block: list[Item] = []
        self.levels, self.said_before = Levels(), None

    def _mark(self, paragraph: Paragraph, role: Role, *, about: str = "") -> None:
        for number in paragraph.numbers:
            self.found.roles.setdefault(number, (role, about))

    def _doubt(self, paragraph: Paragraph, sentence: str) -> None:
        self.found.doubts.append(Doubt(paragraph.line, sentence))

    def _is_content(self, place: int) -> bool:
        """Tell whether a paragraph is none of the lines before the first part."""
        paragraph = self.paragraphs[place]
        return (
            self.heads[place] is not None
            or headings.announces(paragraph.text)
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
