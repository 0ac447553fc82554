"""Where in a document a reader is, what it has kept so far, and what a heading leads to."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from tracker.imports.document import cues, headings
from tracker.imports.document.headings import RoundtableHeading
from tracker.imports.document.levels import Levels, bullet_of
from tracker.imports.document.outline import Doubt, Role
from tracker.imports.document.paragraphs import Paragraph
from tracker.imports.document.preamble import Preamble

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


class Position:
    """A place in the document, among its paragraphs and the headings of roundtables in them."""

    def __init__(self, paragraphs: Sequence[Paragraph], heads: Sequence[RoundtableHeading | None]) -> None:
        self.paragraphs, self.heads = paragraphs, heads
        self.found = Structure(Preamble())
        self.place = Place.SECTION
        self.section = ""
        self.part: Part | None = None
        self.general = False  # whether one heading of recommendations stands above all roundtables
        self.session = ""  # of a roundtable that has several
        self.under = ""  # another heading within a roundtable: what it is about, or whom the next points address
        self.next = 0
        self._block: list[Item] = []  # the recommendations under the heading of recommendations above
        self.levels = Levels()
        self.said_before: Paragraph | None = None

    def _is_heading(self, paragraph: Paragraph, place: int) -> bool:
        """Tell whether a paragraph heads what follows it."""
        numbered = bool(paragraph.marker)
        if numbered and bullet_of(paragraph.marker).sort == "glyph":
            return False
        if paragraph.level:
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
        return paragraph.is_bold or self._begins_block(place)

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
        if paragraph.level and part.heading.level:
            return paragraph.level > part.heading.level
        if headings.is_within(paragraph.text):
            return True
        if headings.is_follow_up(paragraph.text):
            return not part.items or any(self.heads[self.next :])
        return not part.items and not headings.is_closing(paragraph.text)

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
        """Forget the list before a heading."""
        self._block = []
        self.levels, self.said_before = Levels(), None

    def _mark(self, paragraph: Paragraph, role: Role, *, about: str = "") -> None:
        for number in paragraph.numbers:
            self.found.roles.setdefault(number, (role, about))

    def _doubt(self, paragraph: Paragraph, sentence: str) -> None:
        self.found.doubts.append(Doubt(paragraph.line, sentence))
