#!/usr/bin/env python3
"""Verify a dump of the record without the software that made it: this one file, Python 3.9 or later, nothing else.

    python3 verify.py DUMP [--head DIGEST]

DUMP is what ``manage.py dump_record`` wrote: a directory, a ZIP file, or ``record.jsonl`` alone (then only the chain
can be checked). DIGEST is a head that somebody else has kept, from a report, a citation or /data/heads.txt: the chain
must have passed through it. The rules are those of docs/record.md.

Ends with 0 where all is as it was recorded, 1 where it is not (each finding on a line), 2 where nothing could be read.
"""
# ruff: noqa: T201 - it is a program of the command line

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import sys
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

Row = dict[str, str]  # of texts, by the name of their column
Told = dict[str, Any]  # what the chain says of a subject

NOTHING_BEFORE = "0" * 64
FACTS = ("sequence", "kind", "subject", "at", "previous", "content_digest")
ONCE = {
    "recommendation_published": "published",
    "entry_published": "published",
    "entry_retracted": "retracted",
    "content_removed": "removed",
    "recommendation_withdrawn": "withdrawn",
}
REMOVABLE = {"title", "body", "remaining", "evidence"}
WORDS = ("official_text", "official_language", "sic", "source_document", "source_locator")
SAID = tuple(
    "basis received_via relation occurred_from occurred_until precision counts_from language".split()
    + "title body status standing remaining".split()
)

csv.field_size_limit(2**31 - 1)


def sha256(data: bytes) -> str:
    """Return the digest of bytes in lower-case hexadecimal."""
    return hashlib.sha256(data).hexdigest()


class Chain:
    """The chain, event by event: what is wrong with it, and what it says of each subject."""

    def __init__(self) -> None:
        self.findings: list[str] = []
        self.told: dict[str, Told] = {}
        self.digests: list[str] = []
        self.blank: dict[int, str] = {}

    def find(self, name: str, words: str) -> None:
        """Write down a finding."""
        self.findings.append(f"{name}: {words}")

    def add(self, event: dict[str, Any]) -> None:
        """Check the next event and remember what it says."""
        name = f"event {event.get('sequence')} ({event.get('subject')})"
        try:
            self._link(name, event)
            self._tell(name, event)
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            self.find(name, f"is no event of a chain ({type(error).__name__}: {error})")
        self.digests.append(str(event.get("digest")))

    def _link(self, name: str, event: dict[str, Any]) -> None:
        if event["sequence"] != len(self.digests) + 1:
            self.find(name, f"stands where event {len(self.digests) + 1} should")
        if event["previous"] != (self.digests[-1] if self.digests else NOTHING_BEFORE):
            self.find(name, "does not follow the event before it")
        content = sha256((event["salt"] + event["payload"]).encode())
        if not event["salt"] and not event["payload"]:
            self.blank[event["sequence"]] = event["subject"]
        elif content != event["content_digest"]:
            self.find(name, "its payload is not what its digest says")
        if sha256("\n".join(["1", *(str(event[fact]) for fact in FACTS)]).encode()) != event["digest"]:
            self.find(name, "its digest is not what its facts say")

    def _tell(self, name: str, event: dict[str, Any]) -> None:
        kind, payload = event["kind"], json.loads(event["payload"] or "{}")
        told = self.told.setdefault(event["subject"], {})
        if kind == "genesis":
            if event["sequence"] != 1:
                self.find(name, "opens the record a second time")
        elif kind == "recommendation_corrected":
            if bare(payload["old"]) != bare(told.get("words", {})):
                self.find(name, "corrects other words than the chain holds")
            told["words"] = payload["new"]
        elif kind not in ONCE:
            self.find(name, f"says “{kind}”, which has no place here")
        elif ONCE[kind] in told:
            self.find(name, f"says “{kind}” a second time")
        else:
            self._once(name, ONCE[kind], told, payload, event)

    def _once(self, name: str, place: str, told: Told, payload: dict[str, Any], event: dict[str, Any]) -> None:
        if place != "published" and "published" not in told:
            self.find(name, f"says “{event['kind']}” of what was never published")
        told[place] = {"payload": payload, "at": event["at"], "sequence": event["sequence"], "kind": event["kind"]}
        if event["kind"] == "recommendation_published":
            told["words"] = payload

    def end(self) -> None:
        """Check what can be checked only when all has been read."""
        if not self.digests:
            self.find("record.jsonl", "holds no event")
        for sequence, subject in self.blank.items():
            if self.told[subject].get("removed", {}).get("payload", {}).get("removed") != sequence:
                self.find(f"event {sequence} ({subject})", "its payload is blank and no event says why")


def bare(payload: dict[str, Any]) -> dict[str, Any]:
    """Return a payload without the number of its schema."""
    return {key: value for key, value in payload.items() if key != "schema"}


def plain(cell: str) -> str:
    """Return the text of a cell: an apostrophe before a text kept spreadsheets from running it."""
    return cell[1:] if cell.startswith("'") else cell


def normal(text: str) -> str:
    """Return a text as payloads hold it: NFC, with LF at the ends of lines."""
    return unicodedata.normalize("NFC", plain(text).replace("\r\n", "\n").replace("\r", "\n"))


class Dump:
    """A directory or a ZIP file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.archive = None if path.is_dir() else zipfile.ZipFile(path)

    def open(self, name: str) -> IO[bytes]:
        """Open a file of the dump for reading bytes."""
        return self.archive.open(name) if self.archive else (self.path / name).open("rb")

    def rows(self, name: str) -> dict[str, Row]:
        """Return the rows of a table by their key."""
        with self.open(f"tables/{name}.csv") as file:
            lines = (line.decode("utf-8") for line in file)
            return {row["id"]: row for row in csv.DictReader(lines)}


def check_files(dump: Dump, findings: list[str]) -> dict[str, Any]:
    """Compare every file with the descriptor's checksum; return the descriptor."""
    with dump.open("datapackage.json") as file:
        descriptor: dict[str, Any] = json.load(file)
    for told in [*descriptor["resources"], *descriptor["files"]]:
        digest = hashlib.sha256()
        try:
            with dump.open(told["path"]) as file:
                while part := file.read(1 << 20):
                    digest.update(part)
        except (OSError, KeyError):
            findings.append(f"{told['path']}: is missing")
            continue
        if f"sha256:{digest.hexdigest()}" != told["hash"]:
            findings.append(f"{told['path']}: is not what was dumped (its checksum differs)")
    return descriptor


class Tables:
    """The tables of a dump, held against the chain."""

    def __init__(self, dump: Dump, chain: Chain) -> None:
        self.chain, self.find = chain, chain.find
        names = ("actors", "forums", "roundtables", "recommendations", "entries")
        self.rows = {name: dump.rows(name) for name in names}
        self.parts = {
            name: grouped(dump.rows(f"entry_{name}"), by)
            for name, by in (("partners", "entry_id"), ("supports", "assessment_id"), ("evidence", "entry_id"))
        }

    def check(self) -> None:
        """Compare each published row with what the chain says of it, and each status with the entries."""
        verdicts = self._verdicts()
        for key, row in self.rows["recommendations"].items():
            self._compare(row, "recommendation_published", self._words(row), self._words_state)
            status, standing = verdicts.get(key, ("no_information", ""))
            if (row["status"], row["standing"]) != (status, standing):
                self.find(row["reference"], f"says “{row['status']}”, but its entries say “{status}”")
        for row in self.rows["entries"].values():
            self._compare(row, "entry_published", self._entry(row), self._entry_state)
        self._missing()

    def _compare(self, row: Row, kind: str, said: dict[str, Any], state: Callable[[Row, Told], list[str]]) -> None:
        told = self.chain.told.get(row["reference"], {})
        if told.get("published", {}).get("kind") != kind:
            self.find(row["reference"], "is in the tables but not in the chain")
            return
        expected = self._expected(told)
        differing = sorted(key for key in said if key in expected and said[key] != expected[key])
        differing += state(row, told)
        if differing:
            self.find(row["reference"], f"is not what the chain says: {', '.join(differing)}")

    def _expected(self, told: Told) -> dict[str, Any]:
        if "words" in told:
            return bare(told["words"])
        if "removed" in told:
            kept = dict(told["removed"]["payload"]["kept"])
            return by_key({**kept, **dict.fromkeys(REMOVABLE - {"evidence"}, ""), "evidence": []})
        return by_key(told["published"]["payload"])

    def _words(self, row: Row) -> dict[str, Any]:
        table = self.rows["roundtables"][row["roundtable_id"]]
        forum = self.rows["forums"][table["forum_id"]]
        words = {name: normal(row[name]) for name in WORDS}
        return {**words, "reference": row["reference"], "forum": int(forum["year"]), "roundtable": table["code"]}

    def _words_state(self, row: Row, told: Told) -> list[str]:
        withdrawn = told.get("withdrawn")
        facts = {
            "state": (row["state"], "withdrawn" if withdrawn else "published"),
            "published_at": (row["published_at"], told["published"]["at"]),
            "withdrawal_reason": (
                normal(row["withdrawal_reason"]),
                withdrawn["payload"]["reason"] if withdrawn else "",
            ),
        }
        return [name for name, (now, then) in facts.items() if now != then]

    def _entry(self, row: Row) -> dict[str, Any]:
        entries, key = self.rows["entries"], row["id"]
        said = {name: normal(row[name]) for name in SAID}
        evidence = [
            {name: normal(one[name]) for name in ("citation", "url", "sha256")} for one in self._of("evidence", key)
        ]
        return {
            **said,
            "recommendation": self.rows["recommendations"][row["recommendation_id"]]["reference"],
            "actor": self._actor(row["actor_id"]) if row["actor_id"] else None,
            "partners": [self._actor(one["actor_id"]) for one in self._of("partners", key)],
            "rests_on": [entries[one["entry_id"]]["reference"] for one in self._of("supports", key)],
            "replaces": entries[row["replaces_id"]]["reference"] if row["replaces_id"] else None,
            "evidence": [one for one in evidence if any(one.values())],
        }

    def _of(self, part: str, key: str) -> list[Row]:
        return sorted(self.parts[part].get(key, ()), key=lambda one: (int(one.get("position", 0)), int(one["id"])))

    def _actor(self, key: str) -> str:
        return plain(self.rows["actors"][key]["key"])

    def _entry_state(self, row: Row, told: Told) -> list[str]:
        removed, retracted = told.get("removed"), told.get("retracted")
        facts = {
            "state": (row["state"], "withheld" if removed else "retracted" if retracted else "published"),
            "sequence": (row["sequence"], str(told["published"]["sequence"])),
            "published_at": (row["published_at"], told["published"]["at"]),
            "retraction_reason": (
                normal(row["retraction_reason"]),
                retracted["payload"]["reason"] if retracted else "",
            ),
            "withholding_reason": (normal(row["withholding_reason"]), removed["payload"]["reason"] if removed else ""),
        }
        return [name for name, (now, then) in facts.items() if now != then]

    def _verdicts(self) -> dict[str, tuple[str, str]]:
        """Return status and standing of each recommendation: those of its latest published assessment."""
        latest: dict[str, tuple[tuple[str, int], tuple[str, str]]] = {}
        for row in self.rows["entries"].values():
            if row["basis"] == "assessed" and row["state"] == "published":
                place = (row["counts_from"], self._precedence(row))
                if row["recommendation_id"] not in latest or place > latest[row["recommendation_id"]][0]:
                    latest[row["recommendation_id"]] = (place, (row["status"], row["standing"]))
        return {key: verdict for key, (_place, verdict) in latest.items()}

    def _precedence(self, row: Row) -> int:
        """Return an entry's place among those of one day: a correction takes that of what it corrects."""
        while row["replaces_id"]:
            row = self.rows["entries"][row["replaces_id"]]
        return int(row["sequence"])

    def _missing(self) -> None:
        held = {row["reference"] for name in ("recommendations", "entries") for row in self.rows[name].values()}
        for subject, told in self.chain.told.items():
            if "published" in told and subject not in held:
                self.find(subject, "is in the chain but not in the tables")


def by_key(payload: dict[str, Any]) -> dict[str, Any]:
    """Return an entry's payload with actors by their keys: their names stand there as they were then written."""
    actor = payload.get("actor")
    return {
        **payload,
        "actor": actor["key"] if actor else None,
        "partners": [partner["key"] for partner in payload.get("partners", ())],
    }


def grouped(rows: dict[str, Row], by: str) -> dict[str, list[Row]]:
    """Return rows in lists by the value of a column."""
    found: dict[str, list[Row]] = {}
    for row in rows.values():
        found.setdefault(row[by], []).append(row)
    return found


def read_chain(file: IO[bytes]) -> Chain:
    """Read a chain from a file of bytes, an event a line."""
    chain = Chain()
    for number, line in enumerate(file, 1):
        try:
            event = json.loads(line.decode("utf-8"))
            if not isinstance(event, dict):
                raise ValueError("no object")
        except ValueError:
            chain.find(f"record.jsonl, line {number}", "is no event: the file was cut short or damaged")
            continue
        chain.add(event)
    chain.end()
    return chain


def verify(path: Path) -> Chain:
    """Return the chain of a dump with everything that was found."""
    if path.suffix == ".jsonl":
        with path.open("rb") as file:
            return read_chain(file)
    findings: list[str] = []
    dump = Dump(path)
    descriptor = check_files(dump, findings)
    with dump.open("record.jsonl") as file:
        chain = read_chain(file)
    chain.findings = findings + chain.findings
    told = descriptor["record"]
    if (told["events"], told["head"]) != (len(chain.digests), chain.digests[-1] if chain.digests else ""):
        chain.find(
            "datapackage.json", f"names event {told['events']} as the last, the chain ends with {len(chain.digests)}"
        )
    try:
        Tables(dump, chain).check()
    except (KeyError, ValueError, TypeError, OSError) as error:
        chain.find("tables", f"do not fit together ({type(error).__name__}: {error})")
    return chain


def main() -> int:
    """Verify what the command line names."""
    parser = argparse.ArgumentParser(description="Verify a dump of the GFMD recommendation tracker.")
    parser.add_argument("dump", type=Path)
    parser.add_argument("--head", help="a digest that the chain must have passed through")
    asked = parser.parse_args()
    try:
        chain = verify(asked.dump)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        print(f"{asked.dump} cannot be read as a dump: {error}", file=sys.stderr)
        return 2
    if asked.head and asked.head not in chain.digests:
        chain.find("head", f"the chain never passed through {asked.head}")
    for finding in chain.findings:
        print(finding)
    if chain.findings:
        print(f"NOT what was recorded: {len(chain.findings)} found.")
        return 1
    print(f"All is as it was recorded: {len(chain.digests)} events.\nHead: {chain.digests[-1]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
