"""What can be taken away: the page, the dumps, the heads, the verifier."""

import datetime as dt
import hashlib
import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from pytest_django.fixtures import Settings

from tests.factories import published_entry
from tests.reading import links, parts, words
from tracker.dump import publish, published
from tracker.models import RecordEvent, RecordHead, Theme
from tracker.record.heads import heads

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_directory(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path / "data"


class TestPage:
    """``/data/``."""

    def test_before_anything_was_made(self, client: Client) -> None:
        page = client.get("/data/")
        assert "Nothing has been made ready for taking away yet" in parts(page, "p.answer")[0]
        assert parts(page, "ul.dumps") == []

    def test_it_is_made_anew_each_time_for_a_dump_is_no_change_of_the_record(self, client: Client) -> None:
        page = client.get("/data/")
        assert ("ETag" in page.headers, page.headers["Cache-Control"]) == (False, "no-cache")

    def test_a_dump_stands_there_with_its_checksum(self, client: Client) -> None:
        published_entry()
        made = publish()
        assert made
        page = client.get("/data/")
        taken = b"".join(client.get(f"/data/{made.name}").streaming_content)
        assert (hashlib.sha256(taken).hexdigest(), len(taken)) == (made.sha256, made.bytes)
        assert {f"/data/{made.name}", "/data/verify.py", "/data/heads.txt"} <= set(links(page))
        assert [made.sha256, RecordHead.objects.get().digest] == parts(page, "code.digest")
        with zipfile.ZipFile(io.BytesIO(taken)) as archive:
            assert archive.testzip() is None

    @pytest.mark.parametrize("prefix", ["/fr", "/es"])
    def test_in_other_languages(self, client: Client, prefix: str) -> None:
        publish()
        assert "gfmd-record-" in words(client.get(f"{prefix}/data/"))

    @pytest.mark.parametrize("number", [0, 20])
    def test_the_same_queries_whatever_the_size(self, client: Client, number: int, django_assert_num_queries) -> None:
        for _ in range(number):
            published_entry()
        with django_assert_num_queries(1):
            client.get("/data/")
        with django_assert_num_queries(2):
            client.get("/data/heads.txt")


class TestDump:
    """What is handed out."""

    def test_it_is_for_saving_and_never_changes(self, client: Client) -> None:
        made = publish()
        assert made
        answer = client.get(f"/data/{made.name}")
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{made.name}"'
        assert "immutable" in answer.headers["Cache-Control"]
        assert (answer.cookies, answer.headers["ETag"]) == ({}, f'"{made.sha256}"')
        answer.close()

    @pytest.mark.parametrize("name", ["gfmd-record-2026-01-01T000000Z.zip", "..%2Fdb.sqlite3", "settings.py", "%00"])
    def test_nothing_else_is(self, client: Client, name: str) -> None:
        publish()
        assert client.get(f"/data/{name}").status_code in {400, 404}


class TestPublish:
    """``dump_record --publish``."""

    def test_again_makes_none(self, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("dump_record", "--publish")
        call_command("dump_record", "--publish")
        assert len(published()) == 1
        assert "Nothing has changed since the newest dump" in capsys.readouterr().out

    def test_what_stands_outside_the_chain_counts_as_a_change(self) -> None:
        first = publish()
        Theme.objects.create(slug="new", name_en="New")
        with time_machine.travel(dt.datetime(2030, 1, 1, tzinfo=dt.UTC)):
            assert (publish() is None, first is None) == (False, False)

    def test_the_three_newest_are_kept(self, settings: Settings) -> None:
        for year in range(2030, 2035):
            with time_machine.travel(dt.datetime(year, 1, 1, tzinfo=dt.UTC)):
                published_entry()
                publish()
        assert [one.made.year for one in published()] == [2034, 2033, 2032]
        assert len(list(Path(settings.DATA_DIR).iterdir())) == 6


class TestHeads:
    """``/data/heads.txt``, which others keep."""

    def test_the_last_event_of_each_day(self, client: Client) -> None:
        for day in (2, 2, 5):
            with time_machine.travel(dt.datetime(2031, 1, day, 23, 59, tzinfo=dt.UTC)):
                published_entry()
        told = [head for head in heads() if head.day.year == 2031]
        assert [head.day.day for head in told] == [2, 5]
        assert told[-1][1:] == RecordEvent.objects.values_list("sequence", "digest").last()
        listed = client.get("/data/heads.txt").content.decode().splitlines()
        assert listed[-1] == f"2031-01-05 {told[-1].sequence} {told[-1].digest}"

    def test_a_dump_passes_through_every_one(self, client: Client, tmp_path: Path) -> None:
        published_entry()
        call_command("dump_record", tmp_path / "dump.zip")
        verifier = tmp_path / "verify.py"
        verifier.write_bytes(client.get("/data/verify.py").content)
        head = client.get("/data/heads.txt").content.decode().split()[-1]
        done = subprocess.run([sys.executable, verifier, tmp_path / "dump.zip", "--head", head], capture_output=True)
        assert done.returncode == 0, done.stdout
