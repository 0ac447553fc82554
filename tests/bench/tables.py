"""What was measured, as a section of a Markdown document: each figure beside its budget."""

import importlib.metadata
import os
import platform
import re
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.bench.asking import CLIENTS, LONGEST_READ, Answers, Arrival
from tests.bench.measuring import Measured
from tests.bench.pages import PLAINEST, Page

NAMES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}
SHARE, FIRST_BYTE, MEMORY = 60, 0.5, 150
"""Budgets: percent of the plainest answers a second for an unchanged page; of a file the seconds to its first byte,
and the MB by which the server grows."""
GROWTH, GROWTH_OF_SEARCH = 1.2, 3.0
"""Budgets: the median of a public page of a large record, in those of a small one."""


def section(found: Measured, size: int, engine: str, built: float) -> str:
    """Return everything that was measured of one size on one engine."""
    versions = f"Python {platform.python_version()}, Django {importlib.metadata.version('django')}"
    day = time.strftime("%d %B %Y", time.gmtime())
    command = f"`make bench SIZE={size} ENGINE={engine}`"
    lines = [
        f"## {size:,} recommendations on {NAMES[engine]}",
        f"{command} on {day}, {versions}, {os.cpu_count()} processors; built in {built:.0f} s.",
        "\n".join(_of_pages(found.pages)),
        "\n".join(_of_many(found.many)),
        "\n".join(_of_unchanged(found.unchanged, found.plainest)),
        "\n".join(_of_files(found.files)),
    ]
    return "\n\n".join(lines) + "\n"


def _of_pages(rows: Iterable[tuple[Page, Answers]]) -> Iterator[str]:
    yield "| page, made anew each time | p50 (ms) | budget | p99 (ms) | budget | kept | answers |"
    yield "|---|---:|---:|---:|---:|---|---:|"
    for page, took in rows:
        most = page.budget_of_slowest
        is_kept = took.median <= page.budget and (most is None or took.slowest <= most)
        yield (
            f"| {page.name} | {took.median:.1f} | {page.budget} | {took.slowest:.1f} | {most or '–'} "
            f"| {_kept(is_kept)} | {took.number:,} |"
        )


def _of_many(rows: Iterable[tuple[str, Answers]]) -> Iterator[str]:
    yield f"| {CLIENTS} clients at once, pages kept | answers a second | p50 (ms) | p99 (ms) |"
    yield "|---|---:|---:|---:|"
    for address, took in rows:
        yield f"| `{address}` | {took.rate:,.0f} | {took.median:.1f} | {took.slowest:.1f} |"


def _of_unchanged(rows: Iterable[tuple[str, Answers]], plainest: Answers) -> Iterator[str]:
    yield f"| asked again, unchanged (304) | answers a second | share of `{PLAINEST}` ({plainest.rate:,.0f}) | kept |"
    yield "|---|---:|---:|---|"
    for address, took in rows:
        share = 100 * took.rate / plainest.rate
        yield f"| `{address}` | {took.rate:,.0f} | {share:.0f} %, budget {SHARE} % | {_kept(share >= SHARE)} |"


def _of_files(rows: Iterable[tuple[str, Arrival]]) -> Iterator[str]:
    yield f"| file | first byte (s), budget {FIRST_BYTE} | last (s) | MB read | memory (MB), budget {MEMORY} | kept |"
    yield "|---|---:|---:|---:|---:|---|"
    for address, came in rows:
        is_kept = came.first <= FIRST_BYTE and came.grown <= MEMORY
        yield (
            f"| `{address}` | {came.first:.2f} | {_last(came.last)} | {came.size:.1f} | {came.grown:.0f} "
            f"| {_kept(is_kept)} |"
        )


def _last(seconds: float | None) -> str:
    return f"over {LONGEST_READ}" if seconds is None else f"{seconds:.1f}"


def _kept(is_kept: bool) -> str:
    return "yes" if is_kept else "**no**"


def growth(text: str, engine: str) -> str:
    """Return how the medians of public pages grow from the smallest to the largest record of an engine in a document.

    Nothing where it holds fewer than two sizes.
    """
    sizes = dict(sorted(_medians(text, engine).items()))
    if len(sizes) < 2:
        return ""
    small, *_between, large = sizes
    lines = [
        f"## Growth on {NAMES[engine]}",
        "",
        f"| page | {' | '.join(f'{size:,} (ms)' for size in sizes)} | {large:,} to {small:,} | budget | kept |",
        f"|---|{'---:|' * len(sizes)}---:|---:|---|",
    ]
    for page, first in sizes[small].items():
        took = [sizes[size].get(page) for size in sizes]
        if not page.startswith("desk") and first and None not in took:
            most = GROWTH_OF_SEARCH if page.startswith("search") else GROWTH
            times = (took[-1] or 0) / first
            shown = " | ".join(f"{one:.1f}" for one in took if one is not None)
            lines.append(f"| {page} | {shown} | {times:.2f} | {most} | {_kept(times <= most)} |")
    return "\n".join([*lines, ""])


def _medians(text: str, engine: str) -> dict[int, dict[str, float]]:
    """Return, by size, the median of each page in the sections of an engine."""
    title = re.compile(rf"## ([\d,]+) recommendations on {NAMES[engine]}\n")
    found = {}
    for part in _sections(text):
        if head := title.match(part):
            rows = re.findall(r"^\| ([^|`]+) \| ([\d.]+) \| \d+ \| [\d.]+ \|", part, re.MULTILINE)
            found[int(head[1].replace(",", ""))] = {name: float(median) for name, median in rows}
    return found


def keep(file: Path, text: str) -> None:
    """Put a section in the place of the one with its title, or at the end."""
    title = text.splitlines()[0]
    sections = _sections(file.read_text())
    kept = [text if part.startswith(f"{title}\n") else part for part in sections]
    file.write_text("\n".join(part.rstrip() + "\n" for part in (kept if text in kept else [*kept, text])))


def _sections(text: str) -> list[str]:
    return re.split(r"^(?=## )", text, flags=re.MULTILINE)
