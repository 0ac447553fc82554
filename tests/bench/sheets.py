"""``python -m tests.bench.sheets --rows 42000 --engine sqlite``: import two large sheets, each twice, and print it.

The commands run in processes of their own on the real record; ``--keep FILE`` puts the table into that file.
"""

import argparse
import csv
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.bench.places import installed
from tests.bench.tables import NAMES, keep
from tests.installation import PROJECT, Installation

FIRST, SECOND, MEMORY = 60, 30, 400
"""Seconds of the first import and of the second, and MB: the budgets of 42,000 rows."""
CODES = ("RT1", "RT2", "RT3")
ACTORS = ("mexico", "france", "kenya", "iom", "philippines", "switzerland")


class Took(NamedTuple):
    """One import: seconds on the clock and of the processor, the most memory in MB, and what the command said."""

    seconds: float
    busy: float
    memory: float
    said: str


def main() -> None:
    """Import each sheet twice."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.sheets")
    parser.add_argument("--rows", type=int, default=42_000)
    parser.add_argument("--engine", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--keep", help="a file to put the table into")
    asked = parser.parse_args()
    with installed(asked.engine, None) as installation:
        installation.must("migrate", "--verbosity", "0")
        installation.must("load_reference_data")
        text = "\n".join(_table(installation, asked.rows, asked.engine))
    sys.stdout.write(f"{text}\n")
    if asked.keep:
        keep(Path(asked.keep), text + "\n")


def _table(installation: Installation, rows: int, engine: str) -> Iterator[str]:
    yield f"## A sheet of {rows:,} rows on {NAMES[engine]}"
    yield ""
    yield "| command | first (s), budget 60 | busy | second (s), budget 30 | busy | memory (MB), budget 400 | kept |"
    yield "|---|---:|---:|---:|---:|---:|---|"
    for command, lines in (("import_recommendations", _recommendations(rows)), ("import_followups", _follow_ups(rows))):
        sheet = installation.directory / f"{command}.csv"
        with sheet.open("w", newline="") as file:
            csv.writer(file).writerows(lines)
        first, second = _imported(installation, command, sheet), _imported(installation, command, sheet)
        is_kept = first.seconds <= FIRST and second.seconds <= SECOND and max(first.memory, second.memory) <= MEMORY
        is_kept &= f"{rows:,} new" in first.said and f"{rows:,} unchanged" in second.said
        yield (
            f"| `{command}` | {first.seconds:.1f} | {first.busy:.1f} | {second.seconds:.1f} | {second.busy:.1f} "
            f"| {max(first.memory, second.memory):.0f} | {'yes' if is_kept else '**no**'} |"
        )


def _imported(installation: Installation, command: str, sheet: Path) -> Took:
    """Run the command in a process, whose memory the system tells when it has ended."""
    out = sheet.with_suffix(".said")
    begun = time.monotonic()
    process = os.posix_spawn(
        sys.executable,
        [sys.executable, str(PROJECT / "manage.py"), command, str(sheet)],
        installation.environment,
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, str(out), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)],
    )
    _process, _status, usage = os.wait4(process, 0)
    return Took(time.monotonic() - begun, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, out.read_text())


def _recommendations(rows: int) -> Iterator[list[str]]:
    yield "reference official_text headline_en headline_fr nature themes source_document source_locator".split()
    for number in range(rows):
        words = f"Governments should consider measure {number} on labour migration, and on health " * 4
        reference = f"GFMD-2010-{CODES[number % 3]}-{number // 3 + 100}"
        nature = ("request", "principle", "finding")[number % 3]
        titles = [f"Measure {number}", f"Mesure {number}"]
        yield [reference, words, *titles, nature, "gender", "Conclusions", f"page {number % 90}"]


def _follow_ups(rows: int) -> Iterator[list[str]]:
    yield "key reference actor date title body relation received_via citation url".split()
    for number in range(rows):
        reference = f"GFMD-2010-{CODES[number % 3]}-{number // 12 + 100}"
        day = f"{number % 28 + 1:02d}.{number % 12 + 1:02d}.{number % 12 + 2011}"
        source = ["same_subject", "source", f"Report {number}", f"https://example.org/{number}"]
        title, body = f"Did thing {number}", "What was done, in some words. " * 5
        yield [f"K{number}", reference, ACTORS[number % 6], day, title, body, *source]


if __name__ == "__main__":
    main()
