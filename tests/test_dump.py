"""The record taken away and brought back: a dump, its loading elsewhere, and other verifiers."""

import hashlib
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from playwright.sync_api import Page
from pytest_django.plugin import DjangoDbBlocker

from tests.factories import (
    ActorFactory,
    AdministratorFactory,
    EntryTranslationFactory,
    EvidenceFactory,
    FollowUpFactory,
    MilestoneFactory,
    RecommendationFactory,
    ReferenceAliasFactory,
    ReiterationFactory,
    ResponsibilityFactory,
    ThemeFactory,
    published_assessment,
    published_entry,
    published_recommendation,
    published_report,
)
from tests.installation import PROJECT
from tracker import actions
from tracker.dump import load, write
from tracker.dump.cells import guarded, reader, written
from tracker.dump.tables import TABLES
from tracker.models import Actor, Evidence, Recommendation, RecordHead, User
from tracker.record.triggers import drop_triggers, missing_names
from tracker.record.verification import verify

FORMULA = "=1+2"


def rich_record() -> None:
    """Make one of everything that can be on record, and drafts and notes that must stay at home."""
    administrator = AdministratorFactory()
    actor, partner = ActorFactory(name_en="'Ruritania", note=FORMULA), ActorFactory(internal_note="a secret")
    theme = ThemeFactory()
    first = published_recommendation(themes=[theme], headline_fr="-Retour", internal_note="a secret")
    second = published_recommendation(sic="A slip", official_text="Two\r\nlines e\u0301 “x”, 日本 “\u202bعربي”.")
    ResponsibilityFactory(recommendation=first, actor=actor)
    ReferenceAliasFactory(recommendation=first)
    ReiterationFactory(later=first, earlier=second)
    ReiterationFactory(later=RecommendationFactory(), earlier=second)
    MilestoneFactory()
    actions.correct_official_text(second, by=administrator, text=FORMULA, reason="A misprint")
    held = FollowUpFactory(
        recommendation=first, title="A bilateral treaty", actor=actor, partners=[partner], evidence=0, act="one-act"
    )
    EvidenceFactory(entry=held, file=ContentFile(b"%PDF-1.4 one", name="one.pdf"))
    entry = actions.publish(held, by=administrator)
    EntryTranslationFactory(entry=entry, language="fr", title="@Titre")
    published_assessment(recommendation=first, rests_on=[entry])
    corrected = published_entry(recommendation=first, title="Wrong")
    better = FollowUpFactory(recommendation=first, replaces=corrected)
    actions.correct(corrected, by=administrator, replacement=better, reason="Slip")
    actions.withhold(published_entry(recommendation=second), by=administrator, reason="A court order")
    actions.retract(published_entry(recommendation=second), by=administrator, reason="Misread")
    published_report(recommendation=second, status="in_progress")
    actions.withdraw_recommendation(published_recommendation(), by=administrator, reason="Twice", merged_into=first)
    FollowUpFactory(recommendation=first, title="An unpublished draft")


def emptied() -> None:
    """Leave this database as a new installation finds it."""
    drop_triggers(connection)
    call_command("flush", interactive=False, verbosity=0)


def content(directory: Path) -> dict[str, bytes]:
    """Return every file of a dump, the descriptor without the moment at which it was made."""
    files = {str(path.relative_to(directory)): path.read_bytes() for path in directory.rglob("*") if path.is_file()}
    told = json.loads(files["datapackage.json"])
    del told["created"]
    return {**files, "datapackage.json": json.dumps(told).encode()}


class Made(NamedTuple):
    """A dump of a record in which there is one of everything, and the head of that record."""

    directory: Path
    head: RecordHead
    people: list[str]


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory) -> Made:
    directory = tmp_path_factory.mktemp("dump") / "dump"
    with django_db_blocker.unblock(), transaction.atomic():
        rich_record()
        head, people = write(directory), list(User.objects.values_list("username", flat=True))
        transaction.set_rollback(True)
    return Made(directory, head, people)


@pytest.fixture
def dump(made: Made, tmp_path: Path) -> Path:
    """A copy of that dump, to do with as one likes."""
    return Path(shutil.copytree(made.directory, tmp_path / "dump"))


def pages(client: Client) -> dict[str, bytes]:
    """Return the public pages about the record, as they answer now."""
    addresses = ["/", "/forums/2010/", "/recommendations/", "/actors/", "/updates/"]
    addresses += [one.get_absolute_url() for one in Recommendation.objects.public()]
    addresses += [one.get_absolute_url() for one in Actor.objects.all()]
    return {address: client.get(address).content for address in addresses}


class TestThereAndBack:
    """From one installation to another."""

    def test_everything_public_comes_back(self, transactional_db: None, client: Client, tmp_path: Path) -> None:
        rich_record()
        before, head = pages(client), write(tmp_path / "dump")
        emptied()
        loaded = load(tmp_path / "dump")
        assert (loaded.digest, loaded.sequence, loaded.installation) == (head.digest, head.sequence, head.installation)
        assert pages(client) == before
        assert verify().ok
        call_command("rebuild_statuses", "--check")
        call_command("rebuild_search", "--check")
        assert missing_names(connection) == set()
        write(tmp_path / "again")
        assert content(tmp_path / "again") == content(tmp_path / "dump")
        with Evidence.objects.exclude(file="").get().file.open() as file:
            assert file.read() == b"%PDF-1.4 one"

    @pytest.mark.django_db
    def test_work_goes_on_after_loading(self, dump: Path) -> None:
        load(dump)
        entry = published_entry(recommendation=Recommendation.objects.published().order_by("pk").first())
        assert (entry.sequence, verify().ok) == (RecordHead.objects.get().sequence, True)
        assert (
            User.objects.get(username="dump").has_usable_password() is not True
            or not User.objects.get(username="dump").is_active
        )

    def test_what_is_not_public_stays_at_home(self, made: Made) -> None:
        held = b"".join(content(made.directory).values()).decode()
        secrets = ["a secret", "An unpublished draft", "internal_note", *made.people]
        assert [secret for secret in secrets if secret in held] == []

    @pytest.mark.django_db
    def test_a_zip_file_does_as_well(self, made: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("load_record", made.directory)
        call_command("dump_record", tmp_path / "dump.zip")
        with zipfile.ZipFile(tmp_path / "dump.zip") as archive:
            assert {name for name in archive.namelist() if not name.endswith("/")} == set(content(made.directory))
        assert capsys.readouterr().out.count(f"{made.head.digest}\n") == 2

    @pytest.mark.django_db
    def test_a_zip_file_is_loaded(self, made: Made, tmp_path: Path) -> None:
        packed = shutil.make_archive(str(tmp_path / "packed"), "zip", made.directory)
        assert load(Path(packed)).digest == made.head.digest

    @pytest.mark.django_db
    def test_an_empty_record_is_a_dump_too(self, tmp_path: Path) -> None:
        head = write(tmp_path / "dump").digest
        assert load(tmp_path / "dump").digest == head


@pytest.mark.django_db
class TestRefused:
    """Nothing is loaded, nothing is written, and a sentence says why."""

    def refused(self, path: Path) -> str:
        """Return why a dump is refused; nothing was changed."""
        before = RecordHead.objects.get().digest
        with pytest.raises(CommandError) as refusal:
            call_command("load_record", path)
        assert (RecordHead.objects.get().digest, refusal.value.returncode) == (before, 2)
        return str(refusal.value)

    def test_where_something_is_on_record(self, dump: Path) -> None:
        ActorFactory()
        assert self.refused(dump).startswith("Nothing was loaded. There are actors in this installation already")

    def test_what_is_no_dump(self, tmp_path: Path) -> None:
        (tmp_path / "some.txt").write_text("words")
        assert "neither a directory nor a ZIP file" in self.refused(tmp_path / "some.txt")
        assert "datapackage.json is missing" in self.refused(tmp_path)

    @pytest.mark.parametrize(
        ("change", "why"),
        [
            ({"dump_version": 9}, "The dump is of version 9"),
            ({"resources": []}, "does not name all"),
            ({"files": [{"path": "../../etc/passwd", "hash": ""}]}, "../../etc/passwd: is missing"),
            ({"record": {"installation": "0b0f5e1c-3c52-4b8e-9a52-3f3f6f4d2a10"}}, "names another installation"),
        ],
    )
    def test_a_descriptor_that_says_something_else(self, dump: Path, change: dict[str, Any], why: str) -> None:
        told = json.loads((dump / "datapackage.json").read_text())
        (dump / "datapackage.json").write_text(json.dumps({**told, **change}))
        assert why in self.refused(dump)

    def test_a_damaged_file(self, dump: Path) -> None:
        with (dump / "record.jsonl").open("a") as file:
            file.write("\n")
        assert "record.jsonl: is not what was dumped" in self.refused(dump)

    @pytest.mark.parametrize(
        ("name", "old", "new", "why"),
        [
            ("tables/recommendations.csv", "in_progress", "implemented", "do not follow from its entries"),
            ("tables/entries.csv", "A bilateral", "A lateral", "is not what the chain says: title"),
            ("tables/entries.csv", ",documented,", ",document,", "contradicts itself"),
            ("tables/roundtables.csv", "RT1", "RT7", "is not what the chain says: roundtable"),
            ("tables/forums.csv", "2010-11-08", "8 November", "holds a value that its column cannot have"),
            ("tables/themes.csv", "slug", "name", "has other columns than"),
            ("record.jsonl", '"kind": "genesis"', '"kind": "genesys"', "does not verify"),
            ("record.jsonl", '{"sequence": 1', '{"number": 1', "is not a chain of events"),
            ("record.jsonl", '{"sequence": 1', '"sequence": 1', "is not JSON"),
        ],
    )
    def test_a_forged_dump_with_checksums_to_match(self, dump: Path, name: str, old: str, new: str, why: str) -> None:
        forge(dump, name, old, new)
        assert why in self.refused(dump)
        assert (Recommendation.objects.count(), User.objects.count()) == (0, 0)
        assert missing_names(connection) == set()

    def test_a_file_of_evidence_that_is_missing(self, dump: Path) -> None:
        told = json.loads((dump / "datapackage.json").read_text())
        (dump / told["files"][0]["path"]).unlink()
        (dump / "datapackage.json").write_text(json.dumps({**told, "files": []}))
        assert "files/" in self.refused(dump)

    def test_a_place_that_is_taken(self, dump: Path) -> None:
        for out in (dump, dump.parent / "taken.zip"):
            out.touch()
            with pytest.raises(CommandError, match="exists already: name another"):
                call_command("dump_record", out)

    def test_a_place_where_nothing_can_be_written(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        with pytest.raises(CommandError, match="Nothing was written"):
            call_command("dump_record", tmp_path / "file" / "dump")
        assert [path.name for path in tmp_path.iterdir()] == ["file"]


def forge(dump: Path, name: str, old: str, new: str) -> None:
    """Change a file of a dump once, and its checksum with it."""
    path = dump / name
    text = path.read_bytes().decode()
    assert old in text, text[:500]
    path.write_bytes(text.replace(old, new, 1).encode())
    seal(dump, name)


def seal(dump: Path, name: str) -> None:
    """Write the checksum of a file as it is now into the descriptor."""
    told = json.loads((dump / "datapackage.json").read_text())
    digest = hashlib.sha256((dump / name).read_bytes()).hexdigest()
    for one in told["resources"]:
        if one["path"] == name:
            one["hash"] = f"sha256:{digest}"
    (dump / "datapackage.json").write_text(json.dumps(told))


VERIFIER = PROJECT / "docs" / "verify.py"


def verified(*words: object) -> tuple[int, str]:
    """Run the verifier that knows nothing of this software; return its exit code and what it printed."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", VERIFIER, *map(str, words)], capture_output=True, text=True, cwd="/", check=False
    )
    return done.returncode, done.stdout + done.stderr


class TestVerifier:
    """``docs/verify.py``: one file and the standard library."""

    def test_a_dump_is_what_was_recorded(self, made: Made) -> None:
        dump, head = made.directory, made.head
        said = f"All is as it was recorded: {head.sequence} events.\nHead: {head.digest}\n"
        assert verified(dump) == verified(dump / "record.jsonl", "--head", head.digest) == (0, said)

    def test_a_zip_file(self, made: Made, tmp_path: Path) -> None:
        assert verified(shutil.make_archive(str(tmp_path / "packed"), "zip", made.directory))[0] == 0

    def test_a_head_that_the_chain_never_had(self, dump: Path) -> None:
        code, said = verified(dump, "--head", "f" * 64)
        assert (code, said.splitlines()[0]) == (1, f"head: the chain never passed through {'f' * 64}")

    def test_what_is_no_dump(self, tmp_path: Path) -> None:
        assert verified(tmp_path)[0] == verified(tmp_path / "nothing.zip")[0] == 2

    @pytest.mark.parametrize(
        ("name", "old", "new", "finding"),
        [
            ("record.jsonl", "A bilateral", "A Bilateral", "its payload is not what its digest says"),
            ("record.jsonl", "entry_retracted", "entry_published", "its digest is not what its facts say"),
            ("tables/entries.csv", "A bilateral", "A Bilateral", "is not what the chain says: title"),
            ("tables/entries.csv", ",retracted,", ",published,", "is not what the chain says: state"),
            ("tables/recommendations.csv", "in_progress", "implemented", "but its entries say “in_progress”"),
            ("tables/recommendations.csv", ",withdrawn,", ",published,", "is not what the chain says: state"),
            (
                "tables/entry_evidence.csv",
                "https://gazette.example.org",
                "https://example.com",
                "the chain says: evidence",
            ),
        ],
    )
    def test_each_forgery_is_named_though_the_checksums_match(
        self, dump: Path, name: str, old: str, new: str, finding: str
    ) -> None:
        forge(dump, name, old, new)
        code, said = verified(dump)
        assert (code, finding in said) == (1, True), said

    def test_one_byte(self, dump: Path) -> None:
        path = dump / "tables" / "themes.csv"
        path.write_bytes(path.read_bytes()[:-3] + b"\n")
        assert "tables/themes.csv: is not what was dumped" in verified(dump)[1]

    def test_an_event_left_out(self, dump: Path) -> None:
        events = (dump / "record.jsonl").read_text().splitlines(keepends=True)
        (dump / "record.jsonl").write_text("".join([*events[:4], *events[5:]]))
        seal(dump, "record.jsonl")
        code, said = verified(dump)
        assert (code, "stands where event 5 should" in said, "does not follow the event before it" in said) == (
            1,
            True,
            True,
        )

    def test_a_chain_cut_short(self, dump: Path) -> None:
        events = (dump / "record.jsonl").read_text().splitlines(keepends=True)
        (dump / "record.jsonl").write_text("".join(events[:-2]))
        seal(dump, "record.jsonl")
        assert "the chain ends with" in verified(dump)[1]
        (dump / "record.jsonl").write_text("".join(events)[:-40])
        assert "the file was cut short or damaged" in verified(dump)[1]

    def test_a_row_left_out(self, dump: Path) -> None:
        name = "tables/entries.csv"
        lines = (dump / name).read_bytes().decode().splitlines(keepends=True)
        (dump / name).write_bytes("".join(lines[:-1]).encode())
        seal(dump, name)
        assert "is in the chain but not in the tables" in verified(dump)[1]

    def test_a_payload_blanked_without_a_word(self, dump: Path) -> None:
        events = [json.loads(line) for line in (dump / "record.jsonl").read_text().splitlines()]
        first = next(event for event in events if event["kind"] == "entry_published" and event["payload"])
        first["payload"] = first["salt"] = ""
        (dump / "record.jsonl").write_text("".join(json.dumps(event) + "\n" for event in events))
        seal(dump, "record.jsonl")
        assert "its payload is blank and no event says why" in verified(dump)[1]


BROWSER = """async text => {
    const hex = async words => Array.from(
        new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(words))),
        byte => byte.toString(16).padStart(2, '0')
    ).join('');
    let previous = '0'.repeat(64), number = 0;
    for (const line of text.trimEnd().split('\\n')) {
        const event = JSON.parse(line);
        const content = event.payload || event.salt ? await hex(event.salt + event.payload) : event.content_digest;
        const facts = [1, event.sequence, event.kind, event.subject, event.at, event.previous, event.content_digest];
        const digest = await hex(facts.join('\\n'));
        number += 1;
        if (event.sequence !== number || event.previous !== previous || content !== event.content_digest
            || digest !== event.digest) return `event ${number}`;
        previous = event.digest;
    }
    return previous;
}"""


def test_another_language_verifies_the_chain_by_the_document_alone(made: Made, page: Page, live_server: Any) -> None:
    page.goto(f"{live_server.url}/robots.txt")
    text = (made.directory / "record.jsonl").read_text()
    assert page.evaluate(BROWSER, text) == made.head.digest
    assert page.evaluate(BROWSER, text.replace("A bilateral", "a bilateral", 1)).startswith("event ")


class TestCells:
    """A value comes back from its cell, and no spreadsheet runs one."""

    @pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\tx", "\rx", "'x", "''", "x", "", 'a\r\nb,"c" ;'])
    def test_text(self, text: str) -> None:
        cell = written(text)
        assert reader(Actor._meta.get_field("note"))(cell) == text
        assert cell[:1] not in set("=+-@\t\r")

    def test_every_column_of_every_table_can_be_read(self) -> None:
        for table in TABLES:
            for field in table.fields():
                assert reader(field)("") == (None if field.null else "")

    def test_no_column_of_a_dump_names_a_person(self) -> None:
        named = {field.name for table in TABLES for field in table.fields() if field.related_model is User}
        assert named == set()
        assert guarded("plain") == "plain"
