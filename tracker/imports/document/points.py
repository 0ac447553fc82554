"""The points of a list of recommendations: where one begins, what belongs to it, and where the list ends."""

from functools import cached_property

from django.utils.translation import gettext as _

from tracker.imports.document import facts, headings, natures, patterns
from tracker.imports.document.levels import Levels, bullet_of
from tracker.imports.document.outline import Role
from tracker.imports.document.paragraphs import Paragraph
from tracker.imports.document.position import SHORT_LEAD, Item, Position


class Points(Position):
    """A position that reads recommendations."""

    def _read_recommendation(self, paragraph: Paragraph, place: int) -> None:
        if headings.says_none(paragraph.text):
            self._keep(paragraph, _("This says that there is none: it is proposed as a statement."))
        elif paragraph.marker and self._leaves(paragraph):
            self._head(paragraph)
        elif paragraph.marker and self._entitles(paragraph, place):
            self._group(paragraph)
            self._block = []
        elif paragraph.marker:
            self._read_point(paragraph)
        elif self._is_group(paragraph, place):
            self._group(paragraph)
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
        if point.level or (headings.is_closing(point.text) and len(point.text.split()) <= 10):
            return True
        known = any(other == bullet for _indent, other in self.levels.open)
        return bool(own) and not known and bullet == bullet_of(own)

    def _read_point(self, point: Paragraph) -> None:
        if self.levels.of(point) == 0 or not self._items:
            self._add(point)
        else:
            bullet = bullet_of(point.marker)
            self._append(point, f"{point.marker} {point.text}" if bullet.numbers else point.text)

    def _entitles(self, point: Paragraph, place: int) -> bool:
        """Tell whether a numbered line entitles those below it: "A. Skills", and then what is asked about them."""
        below = self.paragraphs[place + 1] if place + 1 < len(self.paragraphs) else None
        if below is None or self.heads[place + 1] is not None or not self._is_outermost(point):
            return False
        bullet, next_bullet = bullet_of(point.marker), bullet_of(below.marker, point.marker)
        if not bullet.numbers or (below.marker and next_bullet == bullet) or point.text.endswith(":"):
            return False
        return headings.resembles_heading(point.text) and not self._asks(point.text) and self._asks(below.text)

    def _asks(self, text: str) -> bool:
        return natures.asks_something(natures.nature_of(text, self._language))

    @cached_property
    def _language(self) -> str:
        return facts.language_of(" ".join(paragraph.text for paragraph in self.paragraphs))

    def _is_outermost(self, point: Paragraph) -> bool:
        """Tell whether nothing that is open stands further out, leads to this point, or goes on with it."""
        before, listed = self.levels.before, self.levels.open[:1]
        if before is not None and before.text.endswith(":"):
            return False
        return all(point.indent <= indent and bullet != bullet_of(point.marker) for indent, bullet in listed)

    def _group(self, paragraph: Paragraph) -> None:
        """Take a line for what the next points are about."""
        self._mark(paragraph, Role.RECOMMENDATIONS, about=self._code)
        self.under = paragraph.text
        self.levels = Levels()

    def _is_group(self, paragraph: Paragraph, place: int) -> bool:
        """Tell whether a line says whom, or what, the next recommendations are about: "To governments:"."""
        following = self.paragraphs[place + 1] if place + 1 < len(self.paragraphs) else None
        if following is None or self.heads[place + 1] is not None:
            return False
        leads = paragraph.text.endswith(":") and (bool(following.marker) or len(paragraph.text.split()) <= SHORT_LEAD)
        named = bool(following.marker) and headings.resembles_heading(paragraph.text)
        named = named and bool(patterns.GROUP.fullmatch(paragraph.text))
        return leads or (named and not headings.is_closing(paragraph.text) and len(paragraph.text) < 80)

    def _ends_list(self, paragraph: Paragraph, place: int) -> bool:
        """Tell whether a line without a bullet heads another part."""
        text = paragraph.text
        if paragraph.level:
            return True
        if not headings.resembles_heading(text):
            return False
        if paragraph.is_bold or headings.is_within(text) or headings.is_follow_up(text):
            return True
        if self._closes(paragraph, place):
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
