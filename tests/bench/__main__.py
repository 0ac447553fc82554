"""``python -m tests.bench --size 250000 --engine sqlite``: build the record, start the server, measure, print.

With ``--keep FILE`` the table is also put into that file, in the place of the one of the same engine and size.
"""

import argparse
import importlib.metadata
import os
import platform
import re
import subprocess
import time
from pathlib import Path
from typing import NamedTuple

from tests.bench.pages import Page, pages
from tests.bench.places import built, installed
from tests.installation import Installation, Server, signed_in

SECONDS = 5
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}
KEYS = """
from tests.bench.pages import A_REFERENCE
from tracker.models import FollowUp, Recommendation
entry = FollowUp.objects.get(reference=f"{A_REFERENCE}-F1")
print(entry.recommendation_id, entry.pk)
"""


class Figure(NamedTuple):
    """What a page took: the median and the 99th percentile, in milliseconds, and how many answers were seen."""

    page: Page
    median: float
    slowest: float
    answers: int

    def row(self) -> str:
        """Return the line of the table."""
        kept = "yes" if self.median <= self.page.budget else "**no**"
        return (
            f"| {self.page.name} | {self.median:.1f} | {self.slowest:.1f} | {self.page.budget} | {kept} "
            f"| {self.answers:,} |"
        )


def main() -> None:
    """Measure one size on one engine."""
    asked = _asked()
    with installed(asked.engine, asked.at) as installation:
        seconds = built(installation, asked.size, asked.engine)
        if asked.only_build:
            print(f"Built in {seconds:.0f} s: {installation.directory}")
            return
        text = table(measured(installation), asked.size, asked.engine, seconds)
    print(text)
    if asked.keep:
        _keep(Path(asked.keep), text)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description="Measure pages of a record of some size.")
    parser.add_argument("--size", type=int, default=250_000)
    parser.add_argument("--engine", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--keep", help="a file to put the table into")
    parser.add_argument("--at", type=_directory, help="a directory in which the record stays, to be measured again")
    parser.add_argument("--only-build", action="store_true", help="build the record, and measure nothing")
    return parser.parse_args()


def _directory(text: str) -> Path | None:
    return Path(text).resolve() if text else None


def measured(installation: Installation) -> list[Figure]:
    """Start the real server and measure each page."""
    keys = installation.must("shell", "--no-imports", "-c", KEYS).split()
    sign_in = (installation.directory / "sign-ins.txt").read_text().splitlines()[1].split()
    with installation.server() as server:
        cookie = signed_in(server.url, *sign_in).cookie
        return [measure(server, page, cookie if page.at_the_desk else "") for page in pages(*map(int, keys))]


def measure(server: Server, page: Page, cookie: str) -> Figure:
    """Ask for a page again and again for some seconds, one client after a first answer that is not counted."""
    command = ["wrk", "-t1", "-c1", "--latency", "--timeout", "60s", "-H", "Accept-Encoding: gzip"]
    command += ["-H", f"Cookie: {cookie}"] if cookie else []
    subprocess.run([*command, "-d1s", server.url + page.address], capture_output=True, check=True)
    said = subprocess.run(
        [*command, f"-d{SECONDS}s", server.url + page.address], capture_output=True, text=True, check=True
    ).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise SystemExit(f"{page.address} did not answer as it should:\n{said}")
    requests = re.search(r"(\d+) requests in", said)
    assert requests
    return Figure(page, _percentile(said, 50), _percentile(said, 99), int(requests[1]))


def _percentile(said: str, percent: int) -> float:
    found = re.search(rf"^\s*{percent}%\s+([\d.]+)(us|ms|s|m)$", said, re.MULTILINE)
    assert found, said
    return float(found[1]) * UNITS[found[2]]


def table(figures: list[Figure], size: int, engine: str, built: float) -> str:
    """Return the figures as a section of a Markdown document."""
    versions = f"Python {platform.python_version()}, Django {importlib.metadata.version('django')}"
    processors = f"{os.cpu_count()} processors"
    name = {"sqlite": "SQLite", "postgres": "PostgreSQL"}[engine]
    day = time.strftime("%d %B %Y", time.gmtime())
    command = f"`make bench SIZE={size} ENGINE={engine}`"
    lines = [
        f"## {size:,} recommendations on {name}",
        "",
        f"{command} on {day}, {versions}, {processors}; built in {built:.0f} s.",
        "",
        "| page | p50 (ms) | p99 (ms) | budget (p50) | kept | answers |",
        "|---|---:|---:|---:|---|---:|",
        *(figure.row() for figure in figures),
        "",
    ]
    return "\n".join(lines)


def _keep(file: Path, text: str) -> None:
    """Put a section in the place of the one with its title, or at the end."""
    title = text.splitlines()[0]
    sections = re.split(r"^(?=## )", file.read_text(), flags=re.MULTILINE)
    kept = [text if section.startswith(f"{title}\n") else section for section in sections]
    file.write_text("\n".join(part.rstrip() + "\n" for part in (kept if text in kept else [*kept, text])))


if __name__ == "__main__":
    main()
