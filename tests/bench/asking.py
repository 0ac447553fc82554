"""Asking the server: how long answers take, how many there are in a second, how the first bytes of a file come."""

import http.client
import re
import subprocess
import time
from pathlib import Path
from typing import NamedTuple

from tests.installation import Server

SECONDS = 3
LONGEST_READ = 30
"""Seconds after which a file is read no further: how it begins, and what it takes of memory, is known by then."""
CLIENTS = 8
PIECE = 1 << 16
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


Headers = dict[str, str]
Connection, Answer = http.client.HTTPConnection, http.client.HTTPResponse


class Answers(NamedTuple):
    """What ``wrk`` saw: median and 99th percentile in milliseconds, how many answers, and how many a second."""

    median: float
    slowest: float
    number: int
    rate: float


class Arrival(NamedTuple):
    """How a file came: first byte and last in seconds, MB that were read, by how many MB the server grew.

    ``last`` is None of a file that was not read to its end.
    """

    first: float
    last: float | None
    size: float
    grown: float


def asked(server: Server, address: str, headers: Headers, *, clients: int = 1) -> Answers:
    """Ask for an address again and again for some seconds, after a second that is not counted."""
    command = ["wrk", f"-t{min(clients, 2)}", f"-c{clients}", "--latency", "--timeout", "60s"]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    _run([*command, "-d1s", server.url + address])
    for seconds in (SECONDS, 20 * SECONDS):
        said = _run([*command, f"-d{seconds}s", server.url + address])
        if "Non-2xx" in said or "Socket errors" in said:
            raise SystemExit(f"{address} did not answer as it should:\n{said}")
        if number := int(_found(r"(\d+) requests in", said)):
            return Answers(_percentile(said, 50), _percentile(said, 99), number, _rate(said))
    raise SystemExit(f"{address} gave no answer in {20 * SECONDS} seconds.")


def answered(server: Server, address: str, headers: Headers, status: int = 200) -> http.client.HTTPMessage:
    """Ask once, and return the headers of the answer. A redirect or a refusal, which ``wrk`` would time, is none."""
    visitor, answer = _begun(server, address, headers, status)
    answer.read()
    visitor.close()
    return answer.headers


def shown(server: Server, address: str) -> str:
    """Return a page; nothing where there is none."""
    visitor = http.client.HTTPConnection(server.url.removeprefix("http://"), timeout=600)
    visitor.request("GET", address)
    answer = visitor.getresponse()
    text = answer.read().decode()
    visitor.close()
    return text if answer.status == 200 else ""


def _begun(server: Server, address: str, headers: Headers, status: int) -> tuple[Connection, Answer]:
    visitor = http.client.HTTPConnection(server.url.removeprefix("http://"), timeout=600)
    visitor.request("GET", address, headers=headers)
    answer = visitor.getresponse()
    if answer.status != status:
        raise SystemExit(f"{address} answered {answer.status}, not {status}.")
    return visitor, answer


def fetched(server: Server, address: str) -> Arrival:
    """Read a file, half a minute at most, and watch how much memory the server takes meanwhile beyond what it had."""
    before = highest = memory(server.process.pid)
    began = time.monotonic()
    visitor, answer = _begun(server, address, {}, 200)
    size = len(answer.read(1))
    first = time.monotonic() - began
    whole = False
    while not whole and time.monotonic() - began < LONGEST_READ:
        whole = not (piece := answer.read(PIECE))
        size += len(piece)
        highest = max(highest, memory(server.process.pid))
    visitor.close()
    return Arrival(first, time.monotonic() - began if whole else None, size / 1e6, highest - before)


def memory(process: int) -> float:
    """Return how many MB a process and all that it started hold in memory."""
    here = Path(f"/proc/{process}")
    children = (int(child) for task in here.glob("task/*/children") for child in task.read_text().split())
    kilobytes = re.search(r"^VmRSS:\s+(\d+) kB", (here / "status").read_text(), re.MULTILINE)
    return (int(kilobytes[1]) / 1000 if kilobytes else 0.0) + sum(map(memory, children))


def _run(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _percentile(said: str, percent: int) -> float:
    found = re.search(rf"^\s*{percent}%\s+([\d.]+)(us|ms|s|m)\s*$", said, re.MULTILINE)
    assert found, said
    return float(found[1]) * UNITS[found[2]]


def _rate(said: str) -> float:
    return float(_found(r"Requests/sec:\s+([\d.]+)", said))


def _found(pattern: str, said: str) -> str:
    found = re.search(pattern, said, re.MULTILINE)
    assert found, said
    return found[1]
