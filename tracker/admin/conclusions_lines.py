"""The document as it was read, line by line: what each was recognised as, and where it stands in the draft."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.imports.correcting import Draft, Item
from tracker.imports.document.outline import Outline, Role, SourceLine

ROLES: dict[Role, str | Promise] = {
    Role.FURNITURE: gettext_lazy("Page header or number"),
    Role.TITLE: gettext_lazy("Title"),
    Role.OCCASION: gettext_lazy("Occasion"),
    Role.THEME: gettext_lazy("Central theme"),
    Role.SECTION: gettext_lazy("Section"),
    Role.ROUNDTABLE: gettext_lazy("Roundtable"),
    Role.RECOMMENDATIONS: gettext_lazy("Heading of recommendations"),
    Role.PASSED_OVER: gettext_lazy("Passed over"),
}
"""What lines are called of which no item is made."""
OF_ITEMS = {Role.RECOMMENDATION, Role.STATEMENT, Role.CLOSING_ITEM}


@dataclass(frozen=True)
class Marked:
    """A line, what it is called where it is the first of something, and the key of its row in the draft."""

    line: SourceLine
    label: str = ""
    key: str = ""
    is_dropped: bool = False


def marked_lines(found: Outline, draft: Draft) -> Iterator[Marked]:
    """Yield every line but blank ones. One that belongs to an item leads to it, or to what it was merged with."""
    references = {item.key: name for item, name in draft.numbers()}
    begins = {item.line: item for item in reversed(draft.items)}
    item: Item | None = None
    for line in found.lines:
        if line.role is Role.BLANK:
            continue
        if line.role not in OF_ITEMS:
            yield Marked(
                line, label=str(ROLES.get(line.role, "")), key=line.about if line.role is Role.ROUNDTABLE else ""
            )
            continue
        first = line.number in begins
        item = begins.get(line.number, item)
        if item is None:
            yield Marked(line)
        else:
            label = references.get(item.key) or (_("Dropped") if item.dropped else _("Conclusion"))
            yield Marked(line, label=label if first else "", key=item.key, is_dropped=item.dropped)
