"""``manage.py serve``: the production server on this machine."""

import os
import socket
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from tracker.management.commands.create_sign_ins import sign_ins_path

HOST = "127.0.0.1"


class Command(BaseCommand):
    """Say where the site is and who may sign in, then become the server."""

    help = "Serve the site on this machine (127.0.0.1) until it is told to stop."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the port as text: a bad one is answered in a sentence of ours."""
        parser.add_argument("--port", default="8000", help="the port to listen on (8000)")

    def handle(self, *, port: str, **options: Any) -> None:
        """Check what a visitor would stumble over, say the address, and hand the process over to granian."""
        require_free_port(port)
        require_current_database()
        self.stdout.write(f"The tracker is at http://{HOST}:{port}/ and its desk at http://{HOST}:{port}/admin/")
        self.stdout.write(sign_ins_sentence(sign_ins_path()))
        self.stdout.write("Stop it with Ctrl-C.")
        self.stdout.flush()
        # Replacing this process, rather than starting another, lets signals reach the server itself, and leaves it no
        # database connection from before its workers fork.
        os.execv(sys.executable, granian_command(port))  # noqa: S606 (fixed words and a checked port)


def require_free_port(port: str) -> None:
    """Refuse a port that is no port, is taken, or may not be used."""
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise CommandError(f"{port!r} is no port: choose a number from 1 to 65535, as in PORT=8001.", returncode=2)
    try:
        socket.create_server((HOST, int(port))).close()
    except OSError as error:
        raise CommandError(
            f"Port {port} cannot be used ({os.strerror(error.errno or 0)}): choose another, as in PORT=8001.",
            returncode=2,
        ) from error


def require_current_database() -> None:
    """Refuse a database that cannot be reached or lacks the tables of this release."""
    try:
        executor = MigrationExecutor(connection)
        outstanding = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        reason = " ".join(str(error).split())
        raise CommandError(f"The database cannot be reached; check DATABASE_URL: {reason}", returncode=2) from error
    finally:
        connection.close()
    if outstanding:
        raise CommandError("The database is not ready for this release: run `make setup`.", returncode=2)


def sign_ins_sentence(path: Path) -> str:
    """Say the first sign-ins, as long as the file with them is there."""
    try:
        lines = path.read_text().splitlines()
    except OSError:
        return f"Staff sign in with their own passwords; the first ones are no longer in {path}."
    return "\n".join([f"Staff sign-ins as first made, kept in {path}:", *(f"    {line}" for line in lines)])


def granian_command(port: str) -> list[str]:
    """Return the server's command line.

    A slow visitor holds a connection, and while sending a body a thread. Hence many more of both than the processors
    could use (with 64 threads each, 200 slow bodies silenced the site; with 256 it answered in 4 ms), which granian
    would warn of at each start, and an end to waiting for headers. Several processes write to one SQLite file as
    safely as several threads: transactions are IMMEDIATE and wait for each other.
    """
    choices = {
        "--interface": "wsgi",
        "--host": HOST,
        "--port": port,
        "--workers": str(min(os.cpu_count() or 1, 4)),
        "--blocking-threads": "256",
        "--backlog": "2048",
        "--backpressure": "1024",
        "--http1-header-read-timeout": "10000",
        "--workers-kill-timeout": "3",
        "--log-level": "error",
    }
    flags = ["--respawn-failed-workers", "--no-ws", "gfmd.wsgi:application"]
    return [sys.executable, "-m", "granian", *(word for pair in choices.items() for word in pair), *flags]
