"""The house: commands, settings and the server, as real processes."""

import ast
import http.client
import importlib.metadata
import re
import socket
import stat
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import connection
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from pytest_django.fixtures import Settings

from tests.installation import PROJECT, SETTINGS, Installation, Server, signed_in
from tests.postgres import free_port
from tracker.models import User

# One process of the test run does all of these: they share an installation.
pytestmark = pytest.mark.xdist_group("house")


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """An installation with its tables, static files and sign-ins, and nothing in the record."""
    made = Installation(tmp_path_factory.mktemp("installation"), vendor=connection.vendor)
    made.must("migrate", "--verbosity", "0")
    made.must("collectstatic", "--noinput", "--verbosity", "0")
    made.must("create_sign_ins")
    return made


@pytest.fixture(scope="module")
def server(installation: Installation) -> Iterator[Server]:
    """That installation, served."""
    with installation.server() as running:
        yield running


@pytest.fixture
def bare(tmp_path: Path) -> Installation:
    """An installation before its first migration."""
    return Installation(tmp_path, vendor=connection.vendor)


def only_line(text: str) -> str:
    """Return the line of a text that must have one line only."""
    (line,) = text.splitlines()
    return line


class TestSettings:
    """A setting that is missing or wrong stops the start with its name."""

    @pytest.mark.parametrize(
        ("name", "wrong"),
        [
            ("DATABASE_URL", {"DATABASE_URL": "mysql://user@localhost/gfmd"}),
            ("DEBUG", {"DEBUG": "maybe"}),
            ("HTTPS", {"HTTPS": "perhaps"}),
            ("TRUST_PROXY", {"TRUST_PROXY": "2"}),
            ("SECRET_KEY", {"DATABASE_URL": "postgres://user@localhost/gfmd", "SECRET_KEY": ""}),
            ("SECRET_KEY", {"ALLOWED_HOSTS": "tracker.example.org", "SECRET_KEY": ""}),
        ],
    )
    @pytest.mark.parametrize("command", ["migrate", "serve"])
    def test_wrong(self, bare: Installation, command: str, name: str, wrong: dict[str, str]) -> None:
        done = bare.manage(command, **wrong)
        assert done.returncode == 2
        assert only_line(done.stderr).startswith(name)

    def test_none_at_all(self, tmp_path: Path) -> None:
        embedded = Installation(tmp_path, vendor="sqlite")
        embedded.environment = {"VAR_DIR": str(tmp_path)}
        embedded.must("check")
        key = tmp_path / "secret_key"
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
        made_first = key.read_text()
        embedded.must("check")
        assert key.read_text() == made_first

    def test_all_are_in_the_example(self) -> None:
        text = (PROJECT / "gfmd" / "settings.py").read_text()
        read = re.findall(r'(?:environ\.get\(|_flag\(|_setting\([\w.]+, )"([A-Z_]+)"', text)
        assert set(read) == set(SETTINGS)


class TestDatabase:
    """A database that cannot be used is one sentence and exit code 2."""

    UNREACHABLE = "postgres://nobody@127.0.0.1:1/none"

    @pytest.mark.parametrize("command", ["migrate", "serve"])
    def test_out_of_reach(self, bare: Installation, command: str) -> None:
        done = bare.manage(command, DATABASE_URL=self.UNREACHABLE)
        assert done.returncode == 2
        assert "database" in done.stderr.splitlines()[-1]
        assert "Traceback" not in done.stderr

    @pytest.mark.parametrize("command", ["serve", "create_sign_ins"])
    def test_not_migrated(self, bare: Installation, command: str) -> None:
        done = bare.manage(command)
        assert done.returncode == 2
        assert "The database is not ready" in only_line(done.stderr)

    @pytest.mark.engine("sqlite")
    def test_commands_leave_one_file(self, bare: Installation) -> None:
        bare.must("migrate", "--verbosity", "0")
        bare.must("create_sign_ins")
        assert [path.name for path in bare.directory.glob("db.sqlite3*")] == ["db.sqlite3"]


class TestServe:
    """``manage.py serve`` on the engine of this run."""

    @pytest.mark.parametrize("port", ["0", "65536", "80x", "-1", "²"])
    def test_no_port(self, port: str) -> None:
        with pytest.raises(CommandError, match="is no port") as refusal:
            call_command("serve", f"--port={port}")
        assert refusal.value.returncode == 2

    def test_port_in_use(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as other:
            port = str(other.getsockname()[1])
            with pytest.raises(
                CommandError, match=rf"^Port {port} cannot be used \(Address already in use\)"
            ) as refusal:
                call_command("serve", "--port", port)
        assert refusal.value.returncode == 2

    def test_says_where_and_who(
        self,
        transactional_db: None,
        installation: Installation,
        settings: Settings,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        settings.VAR_DIR = installation.directory
        became: list[str] = []
        monkeypatch.setattr("os.execv", lambda program, words: became.extend(words))
        port = str(free_port())
        call_command("serve", "--port", port)
        said = capsys.readouterr().out
        assert f"http://127.0.0.1:{port}/" in said
        for line in (installation.directory / "sign-ins.txt").read_text().splitlines():
            assert line in said
        assert became[1:3] == ["-m", "granian"]
        settings.VAR_DIR = installation.directory / "elsewhere"
        call_command("serve", "--port", port)
        assert "no longer in" in capsys.readouterr().out

    def test_static_files_are_kept_for_ever(self, server: Server) -> None:
        page = urllib.request.urlopen(f"{server.url}/admin/login/").read().decode()
        path = re.search(r'"(/static/admin/css/base\.[0-9a-f]+\.css)"', page)
        assert path
        with urllib.request.urlopen(server.url + path[1]) as answer:
            assert "immutable" in answer.headers["Cache-Control"]

    def test_staff_sign_in_over_plain_http(self, installation: Installation, server: Server) -> None:
        for line in (installation.directory / "sign-ins.txt").read_text().splitlines():
            username, password = line.split()
            assert signed_in(server.url, username, password).address == f"{server.url}/admin/"

    def test_cookies_are_secure_where_https_is(self, installation: Installation) -> None:
        with installation.server(HTTPS="true", TRUST_PROXY="true") as running:
            request = urllib.request.Request(f"{running.url}/admin/login/", headers={"X-Forwarded-Proto": "https"})
            with urllib.request.urlopen(request) as answer:
                assert "; Secure" in answer.headers["Set-Cookie"]
                assert answer.headers["Strict-Transport-Security"]

    def test_cookies_are_not_secure_without_https(self, server: Server) -> None:
        with urllib.request.urlopen(f"{server.url}/admin/login/") as answer:
            assert "Secure" not in answer.headers["Set-Cookie"]

    def test_answers_beside_200_slow_visitors(self, server: Server) -> None:
        head = "POST /admin/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: csrftoken={}\r\nContent-Length: 1000\r\n"
        form = "Content-Type: application/x-www-form-urlencoded\r\n\r\na"
        slow = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(200)]
        try:
            for number, visitor in enumerate(slow):
                visitor.sendall((head.format("a" * 32) + (form if number % 4 else "")).encode())
            for _ in range(20):
                # The visitors above never finish: whoever had to wait for them would not be answered either.
                with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)) as ordinary:
                    ordinary.request("GET", "/admin/login/")
                    assert ordinary.getresponse().status == 200
        finally:
            for visitor in slow:
                visitor.close()

    def test_ends_when_told(self, installation: Installation) -> None:
        with installation.server() as running:
            held = socket.create_connection(("127.0.0.1", running.port))
            assert running.stop() == 0
            held.close()
            socket.create_server(("127.0.0.1", running.port)).close()


@pytest.mark.django_db
class TestCreateSignIns:
    """Two accounts, once; their passwords where nobody else can read them."""

    @pytest.fixture(autouse=True)
    def path(self, settings: Settings, tmp_path: Path) -> Path:
        settings.VAR_DIR = tmp_path / "var"
        return tmp_path / "var" / "sign-ins.txt"

    @staticmethod
    def passwords(path: Path) -> dict[str, str]:
        return dict(line.split() for line in path.read_text().splitlines())

    def test_first_time(self, path: Path) -> None:
        call_command("create_sign_ins")
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert [entry.name for entry in path.parent.iterdir()] == ["sign-ins.txt"]
        for name, password in self.passwords(path).items():
            user = authenticate(username=name, password=password)
            assert isinstance(user, User)
            assert user.is_staff
            assert user.is_superuser == (name == "reviewer")
            assert [group.name for group in user.groups.all()] == [name]
        assert list(self.passwords(path)) == ["editor", "reviewer"]

    def test_second_time_changes_nothing(self, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("create_sign_ins")
        before = path.read_text(), list(User.objects.values())
        call_command("create_sign_ins")
        assert (path.read_text(), list(User.objects.values())) == before
        assert "nothing was changed" in capsys.readouterr().out

    def test_lost_file(self, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("create_sign_ins")
        old = self.passwords(path)
        User.objects.filter(username="editor").update(is_active=False)
        path.unlink()
        call_command("create_sign_ins")
        assert "--renew" in capsys.readouterr().out
        assert not path.exists()
        call_command("create_sign_ins", "--renew")
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert authenticate(username="reviewer", password=old["reviewer"]) is None
        assert authenticate(username="reviewer", password=self.passwords(path)["reviewer"])
        assert not User.objects.get(username="editor").is_active

    def test_staff_of_other_names(self, path: Path) -> None:
        User.objects.create_user("amina", is_staff=True)
        call_command("create_sign_ins")
        assert not path.exists()
        assert User.objects.filter(is_staff=True).count() == 1

    def test_file_cannot_be_written(self, path: Path) -> None:
        path.mkdir(parents=True)
        with pytest.raises(CommandError, match="cannot be written") as refusal:
            call_command("create_sign_ins")
        assert refusal.value.returncode == 2
        assert not User.objects.filter(is_staff=True).exists()
        assert [entry.name for entry in path.parent.iterdir()] == ["sign-ins.txt"]


def needed_by(requirements: list[Requirement], extras: frozenset[str] = frozenset({""})) -> set[str]:
    """Return the names of the distributions that these requirements install, what those need included."""
    found: set[str] = set()
    for need in requirements:
        if not need.marker or any(need.marker.evaluate({"extra": extra}) for extra in extras):
            further = [Requirement(line) for line in importlib.metadata.requires(need.name) or []]
            found |= {canonicalize_name(need.name)} | needed_by(further, frozenset({"", *need.extras}))
    return found


def imported_at_run_time(tree: ast.AST) -> set[str]:
    """Return the top-level names that a module imports, but for those under ``if TYPE_CHECKING``."""
    if isinstance(tree, ast.If) and isinstance(tree.test, ast.Name) and tree.test.id == "TYPE_CHECKING":
        return set()
    if isinstance(tree, ast.Import):
        return {name.name.partition(".")[0] for name in tree.names}
    if isinstance(tree, ast.ImportFrom):
        return {(tree.module or "").partition(".")[0]}
    return {name for child in ast.iter_child_nodes(tree) for name in imported_at_run_time(child)}


class TestFiles:
    """What is committed stands by itself."""

    def test_none_refers_to_a_place_outside(self) -> None:
        outside = re.compile(rb"\.\./shared|(?<![\w.-])/(?:work|root|home)/\w")
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, check=True).stdout
        paths = [PROJECT / name.decode() for name in listed.split(b"\0") if name]
        named = [str(path) for path in paths if path.is_file() and outside.search(path.read_bytes())]
        assert named == []

    @pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
    def test_each_dependency_is_pinned_with_its_reason(self, name: str) -> None:
        lines = [line for line in (PROJECT / name).read_text().splitlines() if line and line[0] not in "#-"]
        assert [line for line in lines if not re.fullmatch(r"[\w,.\[\]-]+==[\w.]+ +# .+", line)] == []

    def test_each_import_is_declared(self) -> None:
        """What development alone installs must not be needed by the installation."""
        lines = re.findall(r"^\w\S+", (PROJECT / "requirements.txt").read_text(), re.MULTILINE)
        declared = needed_by([Requirement(line) for line in lines])
        providers = importlib.metadata.packages_distributions()
        missing = {
            f"{path.relative_to(PROJECT)}: {name}"
            for path in [*(PROJECT / "gfmd").rglob("*.py"), *(PROJECT / "tracker").rglob("*.py")]
            for name in imported_at_run_time(ast.parse(path.read_text()))
            if name in providers and not declared & set(map(canonicalize_name, providers[name]))
        }
        assert missing == set()

    @pytest.mark.parametrize("variables", [("PYTHON=false",), ("PYTHON=/nowhere/python3",)])
    def test_python_too_old(self, tmp_path: Path, variables: tuple[str, ...]) -> None:
        for name in ("Makefile", "requirements.txt", ".env.example"):
            (tmp_path / name).write_text((PROJECT / name).read_text())
        (tmp_path / "tracker" / "static").mkdir(parents=True)
        done = subprocess.run(
            ["make", "--directory", tmp_path, "setup", *variables], capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 2
        assert done.stderr.startswith("Python 3.11 or newer is needed")
