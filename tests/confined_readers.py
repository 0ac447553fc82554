"""Functions that the tests of the confined child let it run: each misbehaves in one way."""

import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from tracker.errors import Refused


def lines(file: IO[bytes], *, upper: bool) -> Iterator[Any]:
    for line in file:
        yield line.decode().upper() if upper else line.decode()


def seek(file: IO[bytes]) -> Iterator[Any]:
    file.seek(-3, 2)
    yield file.read().decode()


def fill_memory(file: IO[bytes]) -> Iterator[Any]:
    kept = [bytes(10_000_000) for _ in range(1_000)]
    yield len(kept)


def hold(file: IO[bytes], *, megabytes: int) -> Iterator[Any]:
    kept = b"x" * (megabytes * 1024 * 1024)
    yield len(kept)


def spin(file: IO[bytes]) -> Iterator[Any]:
    yield "begun"
    while True:
        pass


def refuse(file: IO[bytes]) -> Iterator[Any]:
    yield 1
    raise Refused("file_pages", pages=10_000, most=500)


def crash(file: IO[bytes]) -> Iterator[Any]:
    yield 1
    raise ValueError("never seen by people")


def attempt(file: IO[bytes], *, what: str, where: str) -> Iterator[Any]:
    """Try what a reader may not do; yield how that ended."""
    tries = {
        "connect": lambda: socket.create_connection(("127.0.0.1", int(where))),
        "fetch": lambda: urllib.request.urlopen(where),
        "start": lambda: subprocess.run([where], check=False),
        "write": lambda: Path(where).write_text("written"),
        "read": lambda: Path(where).read_text(),
        "remove": lambda: Path(where).unlink(),
    }
    try:
        tries[what]()
    except OSError as error:
        yield type(error).__name__
    else:
        yield "done"


def environment(file: IO[bytes]) -> Iterator[Any]:
    import os

    yield sorted(os.environ)
