"""The draft of a Chair's document as rows to correct."""

from collections import Counter
from collections.abc import Sequence
from functools import cached_property, partial
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from tracker.admin.conclusions_rows import STARTED_FROM, Row, Values, digest, typed_into
from tracker.forms.addressing import collectives
from tracker.forms.conclusions import FactsForm, ItemForm, NewForumForm, PartForm
from tracker.forms.pasted import same_words
from tracker.imports.correcting import CLOSING, CONCLUSIONS, Draft, Item, Part
from tracker.imports.document.outline import Addressed, Contributor, Figure, ForumFacts, Suggestion
from tracker.models import Actor, Forum, ForumFigure, Recommendation, Theme

FORUM_FACTS = {"document_title": "title", "presented_at": "occasion", "central_theme": "central_theme"}
"""The fields of the form that are called otherwise in an outline."""
TRACKED = ("words", "place", "nature", "themes", "reiterates", "addressed")
TYPED_INTO = ("words", "title")
"""The fields of items and parts that hold words."""


class ItemRow(Row):
    """An item, where it is recorded already if it is, and why its nature was suggested."""

    def __init__(self, item: Item, *args: Any, reference: str = "", recorded: str = "", **given: Any) -> None:
        super().__init__(*args, **given)
        self.item, self.reference, self.recorded = item, reference, recorded
        if words := self.form.fields.get("words"):
            words.widget.attrs["aria-label"] = f"{words.label}, {self.named}"

    @property
    def named(self) -> str:
        """What it is called where it now stands: "RT1-03", or that it is a conclusion."""
        return self.reference or (_("Dropped") if self.item.dropped else _("Conclusion"))

    @cached_property
    def _names(self) -> dict[str, str]:
        field = self.form.fields.get("addressed")
        return {actor.key: str(actor) for actor in getattr(getattr(field, "widget", None), "collectives", ())}

    @property
    def addressed_words(self) -> str:
        """Whom it addresses, in words."""
        labels = {Addressed.EXPLICIT: _("by the text"), Addressed.INFERRED: _("in our reading")}
        said = [
            _("%(actor)s (%(how)s)") % {"actor": self._names.get(one.actor, one.actor), "how": labels[one.addressed]}
            for one in self.item.reading.addressees
        ]
        return ", ".join(said) or _("nobody yet")

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """Return each whom it addresses with the reason for which that was suggested."""
        return [
            (self._names.get(one.actor, one.actor), one.reason) for one in self.item.reading.addressees if one.reason
        ]

    @property
    def suggested(self) -> list[forms.BoundField]:
        """Return the boxes of themes and of what it repeats, where any were suggested."""
        found = (("themes", self.item.reading.themes), ("reiterates", self.item.reading.reiterates))
        return [self.form[name] for name, suggestions in found if suggestions]


class Sheet:
    """All rows of a draft, and what was ``sent`` of them; ``final``: nothing may be missing any more."""

    def __init__(
        self, draft: Draft, found: ForumFacts, *, year: int, sent: QueryDict | None = None, final: bool = False
    ) -> None:
        self.draft, self.found, self.year, self.sent, self.final = draft, found, year, sent, final
        self.forum = Forum.objects.filter(year=year).first()
        self.forum_row = None if self.forum else self._forum_row()
        self.facts_row = self._facts_row()
        self.parts = {part.code: self._part_row(part) for part in draft.parts}
        self.items = {item.key: self._item_row(item) for item in draft.items}
        self._refuse_numbers_twice()

    @property
    def rows_by_key(self) -> dict[str, Row]:
        """Return every row by what its fields begin with."""
        forum = {"forum": self.forum_row} if self.forum_row else {}
        return {**forum, "facts": self.facts_row, **self.parts, **self.items}

    @property
    def rows(self) -> list[Row]:
        """Return every row."""
        return list(self.rows_by_key.values())

    def rows_of(self, place: str) -> list[ItemRow]:
        """Return the rows of a roundtable in their order."""
        return [self.items[item.key] for item in self.draft.within(place)]

    def is_valid(self) -> bool:
        """Whether everything that was typed can be kept, or drafts be made of it where it is final."""
        return not self.lost and not any(row.errors for row in self.rows)

    @cached_property
    def lost(self) -> list[str]:
        """What was typed into items and parts that are gone, since somebody else merged or dropped them."""
        sent = self.sent or QueryDict()
        ends = f"-{STARTED_FROM}"
        keys = [name.removesuffix(ends) for name in sent if name.endswith(ends)]
        typed = {key: typed_into(key, sent) for key in keys if not self._stands(key)}
        return [
            words
            for key, values in typed.items()
            if digest(values) != sent[f"{key}{ends}"]
            for name in TYPED_INTO
            for words in values.get(name, ())
            if words
        ]

    def _stands(self, key: str) -> bool:
        """Tell whether what is typed into a row is taken."""
        return key in self.rows_by_key and not (key in self.items and self.items[key].item.dropped)

    # The rows

    def _forum_row(self) -> Row:
        facts = self.draft.forum
        now = {name: getattr(facts, FORUM_FACTS.get(name, name), None) for name in NewForumForm.base_fields}
        now |= {"host_country": self.draft.host_country, "chairs": "\n".join(self._chairs)}
        told: Values = {name: [str(value or "")] for name, value in now.items()}
        return Row("forum", told, self.sent, partial(NewForumForm, final=self.final))

    def _facts_row(self) -> Row:
        """Offer all figures and contributors that were found; those that were kept so far are ticked."""
        choices = {
            "figures": [(fact_key(one), f"{_words(one)} ({_line(one.line)})") for one in self.found.figures],
            "contributors": [(fact_key(one), f"{one.name} ({_line(one.line)})") for one in self.found.contributors],
        }
        now = {name: [fact_key(one) for one in getattr(self.draft.forum, name)] for name in choices}
        return Row("facts", now, self.sent, partial(FactsForm, choices=choices))

    @cached_property
    def _chairs(self) -> list[str]:
        names = {actor.key: str(actor) for actor in Actor.objects.filter(key__in=self.draft.chairs)}
        return [names[key] for key in self.draft.chairs if key in names]

    def _part_row(self, part: Part) -> Row:
        return Row(part.code, {"title": [part.title]}, self.sent, partial(PartForm, final=self.final))

    def _item_row(self, item: Item) -> ItemRow:
        actors = self._actors_for(item)
        shown = self._shown(item)
        choices = {
            "place": self._places,
            "themes": [
                (one.value, _with_reason(self._themes.get(one.value, one.value), one)) for one in item.reading.themes
            ],
            "reiterates": [(one.value, _with_reason(one.value, one)) for one in item.reading.reiterates],
        }
        return ItemRow(
            item,
            item.key,
            self._values(item, shown, actors),
            None if item.dropped else self.sent,
            partial(ItemForm, shown=shown, choices=choices, actors=actors),
            reference=self._references.get(item.key, ""),
            recorded=self._recorded.get(same_words(item.text), ""),
        )

    def _shown(self, item: Item) -> Sequence[str]:
        if item.dropped:
            return ()
        if item.place == CONCLUSIONS:
            return ("words", "place")
        return TRACKED if item.place == CLOSING else ("number", *TRACKED)

    def _values(self, item: Item, shown: Sequence[str], actors: Sequence[Actor]) -> Values:
        values = {
            "number": [str(item.number)],
            "words": [item.text],
            "place": [item.place],
            "nature": [item.reading.nature.value],
            "themes": [one.value for one in item.reading.themes],
            "reiterates": list(item.repeats),
        }
        found = {name: value for name, value in values.items() if name in shown}
        if "addressed" in shown:
            chosen = {one.actor: str(one.addressed) for one in item.reading.addressees}
            found |= {f"addressed-{actor.pk}": [chosen.get(actor.key, "")] for actor in actors}
        return found

    # What the rows offer

    @cached_property
    def _references(self) -> dict[str, str]:
        return {item.key: name for item, name in self.draft.numbers()}

    @cached_property
    def _places(self) -> list[tuple[str, str]]:
        parts = [(part.code, part.code) for part in self.draft.parts]
        return [*parts, (CLOSING, _("Closing part")), (CONCLUSIONS, _("Conclusions, not tracked"))]

    @cached_property
    def _themes(self) -> dict[str, str]:
        return {theme.slug: str(theme) for theme in Theme.objects.all()}

    @cached_property
    def _collectives(self) -> list[Actor]:
        return collectives()

    @cached_property
    def _single(self) -> dict[str, Actor]:
        keys = {one.actor for item in self.draft.items for one in item.reading.addressees}
        return {actor.key: actor for actor in Actor.objects.filter(key__in=keys, is_collective=False)}

    def _actors_for(self, item: Item) -> list[Actor]:
        """Return the collectives, and whom its words name beside them."""
        named = [self._single[one.actor] for one in item.reading.addressees if one.actor in self._single]
        return [*named, *self._collectives]

    @cached_property
    def _recorded(self) -> dict[str, str]:
        rows = Recommendation.objects.filter(roundtable__forum__year=self.year).values_list(
            "official_text", "reference"
        )
        return {same_words(text): reference for text, reference in rows}

    # What was typed

    def _refuse_numbers_twice(self) -> None:
        numbered = [
            (row, (row.item.place, row.value.get("number")))
            for row in self.items.values()
            if "number" in row.form.fields and row.form.is_valid() and row.value["place"] == row.item.place
        ]
        often = Counter(number for _row, number in numbered)
        for row, number in numbered:
            if often[number] > 1:
                row.complain(_("Another recommendation of the roundtable has this number."), "number")


def fact_key(fact: Figure | Contributor) -> str:
    """Return what names a fact on the screen: the line on which it was found, and which of them it is."""
    return f"{fact.line} {fact.kind} {fact.words}" if isinstance(fact, Figure) else f"{fact.line} {fact.name}"


def _words(figure: Figure) -> str:
    return str(ForumFigure(kind=figure.kind, value=figure.value, qualifier=figure.qualifier, words=figure.words))


def _line(number: int) -> str:
    return _("line %(number)d") % {"number": number}


def _with_reason(words: str, suggestion: Suggestion) -> str:
    return _("%(words)s: %(reason)s") % {"words": words, "reason": suggestion.reason} if suggestion.reason else words
