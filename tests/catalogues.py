"""The messages of the code beside those of the catalogues: ``python -m tests.catalogues`` fails if they differ.

It lets makemessages work on a copy of the sources, so that the catalogues themselves are only read.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Message as Entry
from babel.messages.pofile import read_po

BASE = Path(__file__).resolve().parent.parent
SOURCES = ("gfmd", "templates", "tracker", "manage.py")
LANGUAGES = ("fr", "es")
MAKE = ["manage.py", "makemessages", "--add-location", "file", "--no-wrap", *(f"-l={code}" for code in LANGUAGES)]

Message = tuple[str, str, str]


def messages(base: Path, language: str) -> dict[Message, bool]:
    """Return context, message and plural of what a catalogue holds, with whether each is translated and no guess."""
    path = base / "tracker" / "locale" / language / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        return {_named(entry): _is_translated(entry) for entry in read_po(file, locale=language) if entry.id}


def _named(entry: Entry) -> Message:
    one, many = entry.id if isinstance(entry.id, tuple) else (entry.id, "")
    return entry.context or "", one, many


def _is_translated(entry: Entry) -> bool:
    said = entry.string if isinstance(entry.string, tuple | list) else (entry.string,)
    return all(said) and not entry.fuzzy


def made_anew(base: Path) -> None:
    """Copy the sources and let makemessages bring the copied catalogues up to date."""
    for name in SOURCES:
        copy = shutil.copytree if (BASE / name).is_dir() else shutil.copy
        copy(BASE / name, base / name)
    nowhere = {"DATABASE_URL": f"sqlite:///{base}/db.sqlite3", "VAR_DIR": str(base / "var")}
    subprocess.run([sys.executable, *MAKE], cwd=base, env={**os.environ, **nowhere}, check=True, capture_output=True)


def differences(base: Path) -> Iterator[str]:
    """Yield what the catalogues lack, what they hold that nobody says any more, and what is not translated."""
    for language in LANGUAGES:
        held, said = messages(BASE, language), messages(base, language)
        yield from (f"{language}: not in the catalogue: {message[1]}" for message in said.keys() - held.keys())
        yield from (f"{language}: said nowhere any more: {message[1]}" for message in held.keys() - said.keys())
        yield from (f"{language}: not translated: {message[1]}" for message, whole in held.items() if not whole)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        made_anew(Path(folder))
        found = sorted(differences(Path(folder)))
    if found:
        sys.exit("\n".join([*found, "Run `make words`, then translate what is new (CONTRIBUTING.md)."]))
