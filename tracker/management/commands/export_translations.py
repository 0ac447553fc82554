"""``manage.py export_translations``: write what is not translated to a file for translators."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tracker.imports.translations.po import written_po
from tracker.imports.translations.units import missing_units
from tracker.imports.translations.workbook import written_workbook
from tracker.management.named import wrong
from tracker.models import Language
from tracker.models.translatable import MODELS


class Command(BaseCommand):
    """Write one line for each text that is missing in a language."""

    help = (
        "Write what is untranslated to FILE: a workbook (.xlsx) or a PO file (.po). import_translations takes it back."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="ends in .xlsx or .po")
        parser.add_argument("--language", choices=Language.values, default="", help="all of them unless given; PO: one")
        parser.add_argument("--model", choices=list(MODELS), default="", help="of one sort of object only")

    def handle(self, *, file: Path, language: str, model: str, **options: Any) -> None:
        kind = file.suffix.lower()
        if kind not in {".xlsx", ".po"} or (kind == ".po" and not language):
            raise wrong("FILE: name one that ends in .xlsx, or in .po together with --language. Nothing was written.")
        units = list(missing_units(language=language, model=model))
        try:
            file.write_bytes(written_po(units, language) if kind == ".po" else written_workbook(units))
        except OSError as error:
            raise wrong(f"{file}: {error.strerror}. Nothing was written.") from error
        self.stdout.write(f"{file}: {len(units)} texts to translate.")
