"""The software as somebody installed it: real processes, a database and files of their own."""

import os
import re
import secrets
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tests.postgres import free_port, new_database

PROJECT = Path(__file__).resolve().parent.parent
SETTINGS = re.findall(r"^([A-Z_]+)=", (PROJECT / ".env.example").read_text(), re.MULTILINE)


@dataclass
class Server:
    """A running ``manage.py serve``."""

    process: subprocess.Popen[str]
    url: str

    @property
    def port(self) -> int:
        """The port it listens on."""
        return urlsplit(self.url).port or 0

    def stop(self) -> int:
        """Ask it to end, as a service manager would, and return its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=20)


class Installation:
    """Files under ``directory``, a new database on the engine of this run; nothing of the tests' own environment."""

    def __init__(self, directory: Path, *, vendor: str) -> None:
        self.directory = directory
        url = (
            f"sqlite:///{directory / 'db.sqlite3'}" if vendor == "sqlite" else new_database(os.environ["DATABASE_URL"])
        )
        self.environment = {
            **dict.fromkeys(SETTINGS, ""),
            "PATH": os.environ["PATH"],
            "VAR_DIR": str(directory),
            "DATABASE_URL": url,
            "SECRET_KEY": secrets.token_urlsafe(64),
        }

    def manage(self, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """Run ``manage.py`` with these words to its end, with these settings changed."""
        return subprocess.run(
            [sys.executable, PROJECT / "manage.py", *words],
            env=self.environment | settings,
            capture_output=True,
            text=True,
            timeout=300,
        )

    def must(self, *words: str) -> str:
        """Run ``manage.py`` with these words; fail with what it said unless it succeeds."""
        done = self.manage(*words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    @contextmanager
    def server(self, **settings: str) -> Iterator[Server]:
        """Serve on a free port for the length of a ``with`` block."""
        port = free_port()
        with (self.directory / f"server-{port}.log").open("w+") as log:
            process = subprocess.Popen(
                [sys.executable, PROJECT / "manage.py", "serve", "--port", str(port)],
                env=self.environment | settings,
                stdout=log,
                stderr=log,
                text=True,
            )
            try:
                _wait_until_it_answers(process, url := f"http://127.0.0.1:{port}", Path(log.name))
                yield Server(process, url)
            finally:
                process.terminate()
                process.wait(timeout=20)


def _wait_until_it_answers(process: subprocess.Popen[str], url: str, log: Path) -> None:
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except urllib.error.HTTPError as answer:
            answer.close()
            return
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"The server did not answer: {log.read_text()}")
