"""Translations, as the desk hands them out: one text of one row in one language on each line."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.actions.translating import Translated, require_change, translate
from tracker.errors import Refused
from tracker.imports.sheets.cells import choice
from tracker.imports.sheets.columns import Column
from tracker.imports.sheets.kind import Kind
from tracker.imports.sheets.outcome import Outcome
from tracker.imports.sheets.row import Row, Texts
from tracker.imports.translations.units import digest_of
from tracker.models import ImportedRow, Language, SheetKind
from tracker.models.translatable import MODELS, column_of, is_official, rows_by_key, source_of, text_names, text_of

NAMED = ("model", "key", "field", "language")


class Translations(Kind):
    """Texts in a language. They stand outside the record, so that those of published rows are written too."""

    value = SheetKind.TRANSLATIONS
    columns = (
        Column(
            "model",
            gettext_lazy("object"),
            gettext_lazy("What the text belongs to: recommendation, roundtable, forum, actor, theme, followup …"),
            "recommendation",
            also=("model", "type"),
        ),
        Column(
            "key",
            gettext_lazy("key"),
            gettext_lazy("Its reference, slug or year; of a roundtable year and code."),
            "GFMD-2010-RT1-01",
            also=("reference",),
        ),
        Column("field", gettext_lazy("which text"), gettext_lazy("Which of its texts."), "headline", also=("field",)),
        Column(
            "language",
            gettext_lazy("language"),
            gettext_lazy("Into which it is translated: en, fr or es."),
            "fr",
            read=choice(Language),
        ),
        Column(
            "source_language",
            gettext_lazy("language of the source"),
            gettext_lazy("For the translator; nothing is read from it."),
            "en",
        ),
        Column(
            "source",
            gettext_lazy("source"),
            gettext_lazy("For the translator; nothing is read from it."),
            "Thing to do",
            several_lines=True,
        ),
        Column(
            "digest",
            gettext_lazy("digest of the source"),
            gettext_lazy("By this it is seen where the source has changed since. Leave it as it is."),
            "",
        ),
        Column(
            "text",
            gettext_lazy("translation"),
            gettext_lazy("Lines without one are passed over."),
            "Chose à faire",
            several_lines=True,
            also=("translation", "target"),
        ),
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.rows: dict[tuple[str, str], Any] = {}

    def prepare(self, rows: Sequence[Row]) -> None:
        """Look up what the lines name, in one query for each sort of object."""
        keys: defaultdict[str, set[str]] = defaultdict(set)
        for row in rows:
            keys[row.texts.get("model", "").lower()].add(row.texts.get("key", ""))
        self.rows = {
            (name, key): found
            for name in keys.keys() & MODELS.keys()
            for key, found in rows_by_key(MODELS[name], keys[name]).items()
        }

    def identify(self, row: Row) -> None:
        """Take object, text and language for its key."""
        missing = [key for key in NAMED if key not in row.texts]
        for key in missing:
            row.refuse(key, _("Fill in this cell: it says which text this is."))
        if missing:
            return
        name, key = row.texts["model"].lower(), row.texts["key"]
        if name not in MODELS:
            row.refuse("model", _("Write one of %(names)s.") % {"names": ", ".join(MODELS)})
        elif (name, key) not in self.rows:
            row.refuse("key", _("There is no %(model)s “%(key)s”.") % {"model": name, "key": key})
        elif row.texts["field"] not in text_names(MODELS[name]):
            row.refuse("field", _("Write one of %(names)s.") % {"names": ", ".join(text_names(MODELS[name]))})
        row.key = row.about = " ".join([name, key, row.texts["field"], row.texts["language"]])

    def find(self, rows: Sequence[Row]) -> Mapping[str, Any]:
        """Return the object of each line."""
        return {row.key: self.rows[row.texts["model"].lower(), row.texts["key"]] for row in rows}

    def texts(self, found: Any, asked: Texts) -> Texts:
        """Tell a text as a line does."""
        return {**asked, "text": text_of(found, asked["field"], asked["language"])}

    def objections(self, row: Row) -> None:
        """Refuse the words themselves, a source that has changed, and a text that is too long."""
        name, language, text = (row.texts[key] for key in ("field", "language", "text"))
        try:
            require_change(row.found, self.by)
        except Refused as refusal:
            row.refuse("", refusal)
        if is_official(row.found, name, language):
            row.refuse("language", _("These are the words themselves, no translation of them."))
            return
        _language, source = source_of(row.found, name, language)
        if row.texts.get("digest", digest_of(source)) != digest_of(source):
            row.refuse("source", _("The source has changed since: translate “%(source)s”.") % {"source": source[:200]})
        column = column_of(row.found, name, language)
        if isinstance(column, models.CharField) and "\n" in text:
            row.refuse("text", _("This text stands in one line: write it without line breaks."))
        try:
            column.clean(text, None)
        except ValidationError as error:
            row.refuse("text", error.messages[0])

    def write(self, rows: Sequence[Row]) -> list[ImportedRow]:
        """Write the translations; there is nothing new among them."""
        changed = [row for row in rows if row.outcome == Outcome.CHANGED]
        translate([_translated(row) for row in changed], by=self.by)
        return [_imported(row) for row in changed]

    def restore(self, imported: Sequence[ImportedRow]) -> list[ImportedRow]:
        """Give texts their old words, where they still have those of the import."""
        back, left = [], []
        for name in dict.fromkeys(one.model for one in imported):
            of_model = [one for one in imported if one.model == name]
            there = MODELS[name]._default_manager.in_bulk([one.target for one in of_model])
            for one in of_model:
                [(column, (old, new))] = one.before.items()
                field, language = column.rsplit("_", 1)
                row = there.get(one.target)
                if row is not None and text_of(row, field, language) == new:
                    back.append(Translated(row, field, language, old))
                else:
                    left.append(one)
        translate(back, by=self.by)
        return left


def _translated(row: Row) -> Translated:
    return Translated(row.found, row.texts["field"], row.texts["language"], row.texts["text"])


def _imported(row: Row) -> ImportedRow:
    """Return what undoing needs, by the name of the text in its language: "headline_fr"."""
    [change] = row.changes
    column = f"{row.texts['field']}_{row.texts['language']}"
    return ImportedRow(
        line=row.line,
        model=row.found._meta.model_name,
        target=row.found.pk,
        made=False,
        before={column: [change.old, change.new]},
    )
