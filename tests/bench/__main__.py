"""``python -m tests.bench --size 250000 --engine sqlite``: build the record, start the server, measure, print.

With ``--keep FILE`` the tables are also put into that file, in the place of those of the same engine and size, and how
pages grow from the smallest to the largest size in it.
"""

import argparse
from pathlib import Path

from tests.bench.measuring import measured
from tests.bench.places import built, installed
from tests.bench.tables import growth, keep, section


def main() -> None:
    """Measure one size on one engine."""
    asked = _asked()
    with installed(asked.engine, asked.at) as installation:
        seconds = built(installation, asked.size, asked.engine)
        if asked.only_build:
            print(f"Built in {seconds:.0f} s: {installation.directory}")
            return
        text = section(measured(installation), asked.size, asked.engine, seconds)
    print(text)
    if asked.keep:
        _keep(Path(asked.keep), text, asked.engine)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description="Measure pages of a record of some size.")
    parser.add_argument("--size", type=int, default=250_000)
    parser.add_argument("--engine", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--keep", help="a file to put the tables into")
    parser.add_argument("--at", type=_directory, help="a directory in which the record stays, to be measured again")
    parser.add_argument("--only-build", action="store_true", help="build the record, and measure nothing")
    return parser.parse_args()


def _directory(text: str) -> Path | None:
    return Path(text).resolve() if text else None


def _keep(file: Path, text: str, engine: str) -> None:
    keep(file, text)
    if grown := growth(file.read_text(), engine):
        keep(file, grown)
        print(grown)


if __name__ == "__main__":
    main()
