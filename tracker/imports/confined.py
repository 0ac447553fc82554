"""Files from strangers are opened in a process of their own, which can do nothing but read and answer.

``confined(function, source, limits=…, **options)`` runs ``function(file, **options)`` in a child and yields what it
yields, item by item, as it comes::

    def rows(file: IO[bytes], *, sheet: int) -> Iterator[list[str]]: ...

    for row in confined(rows, upload, sheet=0): ...

The function stands at the top level of a module that imports neither Django's models nor anything slow; it gets the
file opened for reading, seekable, at its beginning; its options and what it yields are JSON values. It refuses with
``Refused(code, …)``, which is raised here again. What else goes wrong in the child is refused as well: ``file_broken``
(it fails, however it fails), ``file_swells`` (it needs more memory than it is given), ``file_takes_too_long``.

The child has no environment, no network (a namespace of its own where the system permits it; sockets are refused in any
case), starts no program, writes no file, and reads none but the source, and Python's own and ours to import from them.
A reader that stops early ends it. ``usage``, where given, tells afterwards what it took.
"""

import contextlib
import ctypes
import io
import json
import logging
import math
import os
import resource
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import IO, Any

from tracker.errors import Refused

PROJECT = Path(__file__).resolve().parents[2]
MEGABYTE = 1024 * 1024
CHUNK = 64 * 1024
LONGEST_ITEM = 16 * MEGABYTE
NEW_NETWORK, NEW_USER = 0x4000_0000, 0x1000_0000  # CLONE_NEWNET, CLONE_NEWUSER
# How programs in C end that are given no more memory.
STOPPED_FOR_MEMORY = {-signal.SIGABRT, -signal.SIGTRAP, -signal.SIGILL}
STOPPED_FOR_TIME = {-signal.SIGXCPU, -signal.SIGKILL}
FORBIDDEN = (
    *("socket.", "subprocess.", "ftplib.", "http.", "urllib.", "webbrowser.", "shutil."),
    *("os.exec", "os.fork", "os.posix_spawn", "os.system", "os.spawn", "os.startfile", "os.kill", "os.putenv"),
    *("os.remove", "os.rename", "os.link", "os.symlink", "os.mkdir", "os.rmdir", "os.chmod", "os.chown", "os.truncate"),
)
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Limits:
    """What a child may take: address space in bytes, and seconds, of the processor and of waiting for it."""

    memory: int = 300 * MEGABYTE
    seconds: float = 10


@dataclass
class Usage:
    """What a child took: seconds waited for it, and the most memory that it held, in bytes (0 where it was killed)."""

    seconds: float = 0
    memory: int = 0


def confined(
    function: Callable[..., Iterable[Any]],
    source: bytes | IO[bytes],
    *,
    limits: Limits = Limits(),
    usage: Usage | None = None,
    **options: Any,
) -> Iterator[Any]:
    """Yield what ``function`` yields of the source in a child process (see above). Time spent elsewhere is not its own.

    Refuses: ``file_broken``, ``file_swells``, ``file_takes_too_long``, and what the function itself refuses.
    """
    usage = Usage() if usage is None else usage
    named = json.dumps([function.__module__, function.__qualname__, options, limits.memory, limits.seconds])
    with _as_file(source) as file, _child(named, file) as process:
        for line in _lines(process, limits, usage):
            kind, value = json.loads(line)
            if kind == "item":
                yield value
            elif kind == "end":
                usage.memory = value
                return
            else:
                raise _refusal(kind, value)
        raise _ended(process.wait())


@contextlib.contextmanager
def _as_file(source: bytes | IO[bytes]) -> Iterator[IO[bytes]]:
    """Give the source as a file that the system knows, at its beginning."""
    opened = io.BytesIO(source) if isinstance(source, bytes) else source
    opened.seek(0)
    if _is_known_to_the_system(opened):
        yield opened
        return
    with tempfile.TemporaryFile() as file:
        shutil.copyfileobj(opened, file)
        file.seek(0)
        yield file


def _is_known_to_the_system(file: IO[bytes]) -> bool:
    try:
        file.fileno()
    except (OSError, AttributeError):
        return False
    return True


@contextlib.contextmanager
def _child(named: str, file: IO[bytes]) -> "Iterator[subprocess.Popen[bytes]]":
    process = subprocess.Popen(  # noqa: S603 - this very module, with options of our own
        [sys.executable, "-P", "-m", __name__, named],
        stdin=file,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={"PYTHONPATH": str(PROJECT), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"},
        start_new_session=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def _lines(process: "subprocess.Popen[bytes]", limits: Limits, usage: Usage) -> Iterator[bytes]:
    """Yield the lines that the child prints, while the time waited for it lasts."""
    descriptor, rest = process.stdout.fileno() if process.stdout else -1, b""
    with selectors.DefaultSelector() as selector:
        selector.register(descriptor, selectors.EVENT_READ)
        while chunk := _waited(selector, descriptor, limits, usage):
            *lines, rest = (rest + chunk).split(b"\n")
            if len(rest) > LONGEST_ITEM:
                raise Refused("file_swells")
            yield from lines


def _waited(selector: selectors.BaseSelector, descriptor: int, limits: Limits, usage: Usage) -> bytes:
    begun = time.monotonic()
    ready = selector.select(limits.seconds - usage.seconds)
    usage.seconds += time.monotonic() - begun
    if not ready or usage.seconds > limits.seconds:
        raise Refused("file_takes_too_long")
    return os.read(descriptor, CHUNK)


def _refusal(kind: str, value: Any) -> Refused:
    if kind == "refused":
        return Refused(value["code"], **value["values"])
    logger.warning("A file could not be read: %s", value)
    return Refused("file_broken")


def _ended(code: int) -> Refused:
    """Return what a child that ended without a word is refused with."""
    if code in STOPPED_FOR_TIME:
        return Refused("file_takes_too_long")
    if code in STOPPED_FOR_MEMORY:
        return Refused("file_swells")
    logger.warning("A file could not be read: its reader ended with %s", code)
    return Refused("file_broken")


# The child


def _main(named: str) -> None:
    module, name, options, memory, seconds = json.loads(named)
    peak = os.open("/proc/self/status", os.O_RDONLY)
    _shut_in(memory, seconds)
    try:
        function = getattr(import_module(module), name)
        for item in function(sys.stdin.buffer, **options):
            _say("item", item)
        _say("end", _held(peak))
    except Refused as refusal:
        _say("refused", {"code": refusal.code, "values": refusal.values})
    except MemoryError:
        _say("refused", {"code": "file_swells", "values": {}})
    except Exception as error:
        _say("failed", f"{type(error).__name__}: {error}"[:500])
    sys.stdout.flush()


def _say(kind: str, value: Any) -> None:
    sys.stdout.write(json.dumps([kind, value]) + "\n")


def _held(status: int) -> int:
    """Return the most memory that this process held, in bytes. That of the parent, before, does not count."""
    for line in os.pread(status, CHUNK, 0).splitlines():
        if line.startswith(b"VmHWM:"):
            return int(line.split()[1]) * 1024
    return 0


def _shut_in(memory: int, seconds: float) -> None:
    libc = ctypes.CDLL(None)
    if libc.unshare(NEW_NETWORK) != 0:
        libc.unshare(NEW_USER | NEW_NETWORK)
    for limit, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, math.ceil(seconds)),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        resource.setrlimit(limit, (most, most))
    readable = tuple({f"{os.path.realpath(root)}/" for root in (sys.prefix, sys.base_prefix)})

    def refuse(event: str, args: tuple[Any, ...]) -> None:
        if event.startswith(FORBIDDEN) or (event == "open" and not _may_open(args, readable)):
            raise PermissionError(f"A confined reader may not: {event}")

    sys.addaudithook(refuse)


def _may_open(args: tuple[Any, ...], readable: tuple[str, ...]) -> bool:
    path, _mode, flags = args
    if not isinstance(path, str) or flags & WRITES:
        return False
    real = Path(os.path.realpath(path))
    ours = real.is_relative_to(PROJECT) and real.suffix in {".py", ".pyc"}
    return ours or str(real).startswith(readable)


if __name__ == "__main__":
    _main(sys.argv[1])
