"""Recommendations: a row makes a draft or changes one. What is published is not touched."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.actions.bulk import Related, change_rows, make_rows
from tracker.imports.sheets.cells import choice, several, whole_number, year
from tracker.imports.sheets.columns import CellError, Column
from tracker.imports.sheets.kind import Making
from tracker.imports.sheets.row import Row, Texts
from tracker.models import (
    ImportedRow,
    Language,
    Nature,
    Recommendation,
    RecommendationQuerySet,
    ReferenceAlias,
    Roundtable,
    SheetKind,
    Theme,
    fold,
)

REFERENCE = re.compile(r"GFMD-(\d{4})-([A-Z][A-Z0-9_-]{0,7})-(\d{1,5})", re.ASCII)
HIGHEST = 32_767  # the largest number that the column holds
PLACE = ("forum", "roundtable", "number")


def reference(text: str) -> str:
    """Return a reference in its usual form: "GFMD-2010-RT1-01"."""
    found = REFERENCE.fullmatch(text.upper())
    if found is None or not 0 < int(found[3]) <= HIGHEST:
        raise CellError(_("“%(text)s” is no reference such as GFMD-2010-RT1-01.") % {"text": text})
    return f"GFMD-{found[1]}-{found[2]}-{int(found[3]):02d}"


def roundtable_code(text: str) -> str:
    """Return the code of a roundtable: "RT1" for "rt 1" and "1" too."""
    code = text.upper().replace(" ", "")
    return f"RT{int(code)}" if code.isascii() and code.isdigit() and len(code) < 5 else code


class Recommendations(Making):
    """Drafts of recommendations, known by their reference."""

    value = SheetKind.RECOMMENDATIONS
    columns = (
        Column(
            "reference",
            gettext_lazy("reference"),
            gettext_lazy("By this a row is known again. Instead, give Forum, roundtable and number."),
            "GFMD-2010-RT1-07",
            read=reference,
            also=("ref", "id", "référence", "referencia", "code"),
        ),
        Column(
            "forum", gettext_lazy("Forum"), gettext_lazy("The year of the Forum."), "2010", read=year, also=("year",)
        ),
        Column(
            "roundtable",
            gettext_lazy("roundtable"),
            gettext_lazy("The code of the roundtable, which must be there already."),
            "RT1",
            read=roundtable_code,
            also=("rt",),
        ),
        Column(
            "number",
            gettext_lazy("number"),
            gettext_lazy("Its number within the roundtable."),
            "7",
            read=whole_number,
            also=("no", "n°", "nr"),
        ),
        Column(
            "official_text",
            gettext_lazy("official words"),
            gettext_lazy("Word for word; misprints included."),
            "Governments should consider …",
            required=True,
            field="official_text",
            several_lines=True,
            also=("text", "recommendation", "recommandation", "recomendación"),
        ),
        Column(
            "official_language",
            gettext_lazy("official language"),
            gettext_lazy("In which the official words are: en, fr or es. Where nothing is said: English."),
            "en",
            field="official_language",
            read=choice(Language),
            also=("language",),
        ),
        Column(
            "nature",
            gettext_lazy("nature"),
            gettext_lazy("Request, principle, finding or undertaking. Where nothing is said: request."),
            "request",
            field="nature",
            read=choice(Nature),
            also=("type",),
        ),
        *(
            Column(
                f"headline_{language}",
                gettext_lazy("headline"),
                gettext_lazy("Ours, at most 80 characters."),
                "Thing to do",
                required=language == "en",
                field=f"headline_{language}",
                language=language,
                also=("headline", "title", "short title") if language == "en" else (),
            )
            for language in Language.values
        ),
        *(
            Column(
                f"translation_{language}",
                gettext_lazy("unofficial translation"),
                gettext_lazy("Of the official words, into another language."),
                "",
                field=f"translation_{language}",
                language=language,
                several_lines=True,
            )
            for language in Language.values
        ),
        Column(
            "themes",
            gettext_lazy("themes"),
            gettext_lazy("Slugs or names of themes, with a semicolon between them."),
            "labour-migration; health",
            also=("theme", "topics", "topic"),
        ),
        Column("sic", gettext_lazy("misprint (sic)"), gettext_lazy("Such as: GMDF, for GFMD"), "", field="sic"),
        Column(
            "source_document",
            gettext_lazy("source document"),
            gettext_lazy("The title of the document in which it stands."),
            "Conclusions of the Chair",
            field="source_document",
            also=("source", "document"),
        ),
        Column(
            "source_locator",
            gettext_lazy("place in the document"),
            gettext_lazy("Such as: page 4, second bullet."),
            "page 4",
            field="source_locator",
            also=("page", "place"),
        ),
        Column(
            "internal_note",
            gettext_lazy("internal note"),
            gettext_lazy("For staff, never public."),
            "",
            field="internal_note",
            several_lines=True,
            also=("note", "notes", "comment"),
        ),
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.roundtables: dict[tuple[str, str], Roundtable] = {}
        self.themes: dict[str, Theme] = {}
        for theme in Theme.objects.all():
            names = (theme.slug, *(getattr(theme, f"name_{language}") for language in Language.values))
            self.themes.update({fold(name): theme for name in names if name})
        self.retired: set[str] = set()

    def prepare(self, rows: Sequence[Row]) -> None:
        """Complete reference and place from each other, and look up the roundtables and retired references."""
        for row in rows:
            self._place(row)
        years = {row.texts["forum"] for row in rows if "forum" in row.texts}
        known = Roundtable.objects.filter(forum__year__in=years).select_related("forum")
        self.roundtables = {(str(one.forum.year), one.code.upper()): one for one in known}
        references = [row.texts["reference"] for row in rows if "reference" in row.texts]
        self.retired = set(ReferenceAlias.objects.filter(reference__in=references).values_list("reference", flat=True))

    def _place(self, row: Row) -> None:
        texts = row.texts
        if "reference" in texts:
            found = REFERENCE.fullmatch(texts["reference"])
            if found is not None:
                for key, part in zip(PLACE, (found[1], found[2], str(int(found[3]))), strict=True):
                    if texts.setdefault(key, part) != part:
                        row.refuse(key, _("This is not what the reference says (%(part)s).") % {"part": part})
        elif all(key in texts for key in PLACE):
            texts["reference"] = f"GFMD-{texts['forum']}-{texts['roundtable']}-{int(texts['number']):02d}"
        else:
            row.refuse("reference", _("Give the reference, or Forum, roundtable and number."))

    def identify(self, row: Row) -> None:
        """Take the reference for its key; refuse themes and a roundtable that are not there."""
        row.key = row.about = row.texts.get("reference", "")
        if row.problems:
            return
        if (row.texts["forum"], row.texts["roundtable"]) not in self.roundtables:
            row.refuse(
                "roundtable",
                _("The Forum of %(year)s has no roundtable %(code)s: enter it first.")
                % {"year": row.texts["forum"], "code": row.texts["roundtable"]},
            )
        if row.key in self.retired:
            row.refuse("reference", _("%(reference)s was once the reference of another.") % {"reference": row.key})
        self._name_themes(row)

    def _name_themes(self, row: Row) -> None:
        if "themes" not in row.texts:
            return
        names = several(row.texts["themes"])
        unknown = [name for name in names if fold(name) not in self.themes]
        if unknown:
            row.refuse("themes", _("There is no theme “%(name)s”.") % {"name": unknown[0]})
        else:
            row.texts["themes"] = "; ".join(sorted({self.themes[fold(name)].slug for name in names}))

    def there(self) -> RecommendationQuerySet:
        """Return recommendations with their themes."""
        return Recommendation.objects.prefetch_related("themes")

    def find(self, rows: Sequence[Row]) -> Mapping[str, Recommendation]:
        """Return recommendations by reference."""
        return {one.reference: one for one in self.there().filter(reference__in=[row.key for row in rows])}

    def texts(self, found: Recommendation, asked: Texts) -> Texts:
        """Tell a recommendation as a row does."""
        themes = "; ".join(sorted(theme.slug for theme in found.themes.all()))
        place = {key: asked[key] for key in PLACE if key in asked}
        return {**self.own_texts(found, asked), "themes": themes, **place, "reference": found.reference}

    def start(self, row: Row) -> Recommendation:
        """Return a draft at its place."""
        roundtable = self.roundtables[row.texts["forum"], row.texts["roundtable"]]
        number = int(row.texts["number"])
        return Recommendation(roundtable=roundtable, number=number, reference=row.key)

    def objections(self, row: Row) -> None:
        """Leave what is public alone, and do not take the official words for their translation."""
        if row.found is not None and row.found.is_public:
            row.refuse("", self._what_to_do(row))
        target = row.target
        own = f"translation_{target.official_language}"
        if row.texts.get(own):
            row.refuse(own, _("These are the official words, in this language: leave the cell empty."))

    def _what_to_do(self, row: Row) -> str:
        changed = {change.column for change in row.changes}
        if changed & {"official_text", "official_language", "sic", "source_document", "source_locator"}:
            return _(
                "%(reference)s is published: an import changes drafts only. Correct its official words at the desk."
            ) % {"reference": row.key}
        return _("%(reference)s is published: an import changes drafts only. Change it at the desk.") % {
            "reference": row.key
        }

    def save_new(self, rows: Sequence[Row]) -> list[ImportedRow]:
        """Save the drafts and their themes."""
        make_rows(Recommendation, [row.made for row in rows], by=self.by, related=_chosen(self.themes, rows))
        return []

    def save_changed(self, rows: Sequence[Row]) -> list[ImportedRow]:
        """Save the changed columns, and the themes where they changed."""
        changed = [row.found for row in rows]
        related = _chosen(self.themes, rows)
        change_rows(Recommendation, changed, self.changed_fields(rows), by=self.by, related=related)
        return []


def _chosen(themes: Mapping[str, Theme], rows: Sequence[Row]) -> Related:
    """Return the themes of the rows that change them."""
    return {
        "themes": [
            (row.target, [themes[fold(slug)] for slug in several(change.new)])
            for row in rows
            for change in row.changes
            if change.column == "themes"
        ]
    }
