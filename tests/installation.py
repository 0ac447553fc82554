"""The software as somebody installed it: real processes, a database and files of their own."""

import http.client
import os
import re
import secrets
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from tests.postgres import free_port, new_database

PROJECT = Path(__file__).resolve().parent.parent
SETTINGS = re.findall(r"^([A-Z_]+)=", (PROJECT / ".env.example").read_text(), re.MULTILINE)


@dataclass
class Server:
    """A running ``manage.py serve``."""

    process: subprocess.Popen[str]
    port: int

    @property
    def url(self) -> str:
        """Its address, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def stop(self) -> int:
        """Ask it to end, as a service manager would, and return its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=20)

    def kill(self) -> None:
        """End it and its workers at once, as a power cut would (alone, the workers would outlive their parent)."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=20)


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

    def manage(self, *words: str, timeout: int = 300, **settings: str) -> subprocess.CompletedProcess[str]:
        """Run ``manage.py`` with these words to its end, with these settings changed."""
        return subprocess.run(
            [sys.executable, PROJECT / "manage.py", *words],
            env=self.environment | settings,
            cwd=PROJECT,
            capture_output=True,
            text=True,
            timeout=timeout,
        )

    def must(self, *words: str, timeout: int = 300) -> str:
        """Run ``manage.py`` with these words; fail with what it said unless it succeeds."""
        done = self.manage(*words, timeout=timeout)
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
                start_new_session=True,
            )
            server = Server(process, port)
            try:
                _wait_until_it_answers(server, Path(log.name))
                yield server
                process.terminate()
                process.wait(timeout=20)
            finally:
                server.kill()


def _wait_until_it_answers(server: Server, log: Path) -> None:
    deadline = time.monotonic() + 60
    while server.process.poll() is None and time.monotonic() < deadline:
        visitor = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
        try:
            visitor.request("HEAD", "/robots.txt")
            visitor.getresponse()
        except OSError:
            time.sleep(0.05)
        else:
            return
        finally:
            visitor.close()
    raise AssertionError(f"The server did not answer: {log.read_text()}")


class SignedIn(NamedTuple):
    """Where one ends after signing in at the desk, and the cookies one has then, as a header holds them."""

    address: str
    cookie: str


def signed_in(url: str, username: str, password: str) -> SignedIn:
    """Sign in at the desk as a browser would."""
    jar = CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    login = f"{url}/admin/login/?next=/admin/"
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', browser.open(login).read().decode())
    assert token
    form = {"username": username, "password": password, "csrfmiddlewaretoken": token[1]}
    address = str(browser.open(login, urlencode(form).encode()).url)
    return SignedIn(address, "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar))
