"""The process in which files from strangers are opened: what it yields, and what it may not do."""

import io
import socket
import time
from pathlib import Path
from typing import Any

import pytest

from tests import confined_readers as readers
from tracker.errors import Refused
from tracker.imports.confined import MEGABYTE, Limits, Usage, confined

BRIEF = Limits(seconds=1.5)


def ended_with(code: str, *asked: Any, **options: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        list(confined(*asked, **options))
    assert caught.value.code == code
    return caught.value


def test_items_of_bytes_with_options() -> None:
    assert list(confined(readers.lines, b"one\ntwo\n", upper=True)) == ["ONE\n", "TWO\n"]


def test_items_of_a_file_from_its_beginning(tmp_path: Path) -> None:
    path = tmp_path / "words"
    path.write_bytes(b"first words")
    with path.open("rb") as file:
        file.read()
        assert list(confined(readers.lines, file, upper=False)) == ["first words"]


def test_file_in_memory_is_seekable() -> None:
    assert list(confined(readers.seek, io.BytesIO(b"the end"))) == ["end"]


def test_what_the_system_refuses_is_told_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"a")
    with path.open("rb") as file, pytest.raises(OSError, match="Argument list too long"):
        list(confined(readers.lines, file, upper="x" * 3_000_000))


def test_reader_that_stops_early_ends_the_child() -> None:
    begun = time.monotonic()
    items = confined(readers.lines, b"x\n" * 100_000, upper=False)
    assert next(items) == "x\n"
    items.close()
    assert time.monotonic() - begun < 5


def test_refusal_of_the_function_is_raised_here() -> None:
    refused = ended_with("file_pages", readers.refuse, b"")
    assert str(refused) == "This PDF has 10000 pages, more than 500: save those with the conclusions as a file."


def test_failure_of_the_function_is_no_failure_here() -> None:
    assert "never seen" not in str(ended_with("file_broken", readers.crash, b""))


def test_memory_has_an_end() -> None:
    ended_with("file_swells", readers.fill_memory, b"")


def test_memory_is_told() -> None:
    usage = Usage()
    assert list(confined(readers.hold, b"", megabytes=40, usage=usage)) == [40 * MEGABYTE]
    assert 40 * MEGABYTE < usage.memory < 120 * MEGABYTE
    assert 0 < usage.seconds < 5


def test_time_has_an_end() -> None:
    usage = Usage()
    ended_with("file_takes_too_long", readers.spin, b"", limits=BRIEF, usage=usage)
    assert usage.seconds < 4


def test_time_spent_here_is_not_the_childs() -> None:
    items = confined(readers.lines, b"one\n" + b"x" * 200_000 + b"\nlast", upper=False, limits=BRIEF)
    assert next(items) == "one\n"
    time.sleep(1.6)
    assert len(list(items)) == 2


def test_nothing_is_fetched_started_written_or_read(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.write_text("kept")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        forbidden = {
            "connect": str(port),
            "fetch": f"http://127.0.0.1:{port}/",
            "start": "/bin/true",
            "write": str(tmp_path / "new"),
            "read": str(kept),
            "remove": str(kept),
        }
        for what, where in forbidden.items():
            assert list(confined(readers.attempt, b"", what=what, where=where)) == ["PermissionError"]
        server.setblocking(False)
        with pytest.raises(BlockingIOError):
            server.accept()
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_child_knows_nothing_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "secret")
    assert "SECRET_KEY" not in next(confined(readers.environment, b""))
