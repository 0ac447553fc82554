"""docs/record.md specifies the chain: its vectors are recomputed from its words alone, and with our functions."""

import datetime as dt
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.factories import (
    ActorFactory,
    AdministratorFactory,
    FollowUpFactory,
    published_assessment,
    published_recommendation,
    system_account,
)
from tests.tampering import unguarded
from tracker import actions
from tracker.models import RecordEvent, RecordHead
from tracker.record.canonical import canonical, content_digest, event_digest, moment
from tracker.record.verification import verify

DOCUMENT = (Path(__file__).parent.parent / "docs" / "record.md").read_text()
CHAIN, REMOVED = (json.loads(block) for block in re.findall(r"```json\n(.*?)\n```", DOCUMENT, re.DOTALL))
WHOLE = [REMOVED if event["sequence"] == REMOVED["sequence"] else event for event in CHAIN]
FIELDS = "sequence kind subject at previous salt payload content_digest digest".split()


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def digest(event: dict[str, Any]) -> str:
    """Recompute from the words of the document, with the standard library alone."""
    facts = [event[name] for name in ("sequence", "kind", "subject", "at", "previous", "content_digest")]
    return sha256("\n".join(["1", *map(str, facts)]))


class TestByTheDocument:
    """What a program in another language would do."""

    def test_vectors_show_every_kind_and_field(self) -> None:
        assert {event["kind"] for event in CHAIN} == set(RecordEvent.Kind.values)
        assert [list(event) for event in CHAIN] == [FIELDS] * 8

    def test_chain(self) -> None:
        previous = "0" * 64
        for number, event in enumerate(CHAIN, 1):
            assert (event["sequence"], event["previous"], event["digest"]) == (number, previous, digest(event))
            previous = event["digest"]

    @pytest.mark.parametrize("event", WHOLE, ids=lambda event: event["kind"])
    def test_content(self, event: dict[str, Any]) -> None:
        assert event["content_digest"] == sha256(event["salt"] + event["payload"])

    def test_removed_content(self) -> None:
        blank = [event["sequence"] for event in CHAIN if not event["payload"] and not event["salt"]]
        removed = [json.loads(event["payload"])["removed"] for event in CHAIN if event["kind"] == "content_removed"]
        assert blank == removed == [3]
        assert [REMOVED[name] for name in ("content_digest", "digest")] == [
            CHAIN[2][name] for name in ("content_digest", "digest")
        ]

    def test_document_names_each_field_of_each_payload(self) -> None:
        names: set[str] = set()

        def collect(value: Any) -> None:
            if isinstance(value, dict):
                names.update(value)
                value = list(value.values())
            for item in value if isinstance(value, list) else []:
                collect(item)

        for event in WHOLE:
            collect(json.loads(event["payload"]))
        prose = DOCUMENT.partition("## Test vectors")[0]
        assert {name for name in names if f"`{name}`" not in prose} - {"schema"} == set()


class TestByOurFunctions:
    """The same with what the software uses."""

    @pytest.mark.parametrize("event", WHOLE, ids=lambda event: event["kind"])
    def test_digests(self, event: dict[str, Any]) -> None:
        at = dt.datetime.fromisoformat(event["at"])
        assert moment(at) == event["at"]
        assert canonical(json.loads(event["payload"])) == event["payload"]
        content = content_digest(event["salt"], event["payload"])
        facts = {name: event[name] for name in ("sequence", "kind", "subject", "previous")}
        assert content == event["content_digest"]
        assert event_digest(**facts, at=at, content=content) == event["digest"]

    def test_time_of_another_zone_is_written_in_utc(self) -> None:
        zone = dt.timezone(dt.timedelta(hours=-6))
        assert moment(dt.datetime(2026, 1, 1, 20, 5, 0, 42, zone)) == "2026-01-02T02:05:00.000042Z"

    @pytest.mark.parametrize(
        ("value", "written"),
        [
            ("a\r\nb\rc\nd", r'"a\nb\nc\nd"'),
            ("e\u0301", '"é"'),
            ("\u212b", '"Å"'),
            ('"\\/', r'"\"\\/"'),
            ("\x00\x01\x1f\x7f", '"\\u0000\\u0001\\u001f\x7f"'),
            ("\b\t\f", r'"\b\t\f"'),
            ("\u2028 <é> 🗼", '"\u2028 <é> 🗼"'),
            ({"b": 1, "a": None, "é": True, "B": [2, {"d": "e\u0301", "c": 0}]}, None),
        ],
    )
    def test_canonical_text(self, value: Any, written: str | None) -> None:
        written = written or '{"B":[2,{"c":0,"d":"é"}],"a":null,"b":1,"é":true}'
        assert canonical({"x": value}) == f'{{"schema":1,"x":{written}}}'

    @pytest.mark.parametrize("value", [1.0, [0.5], {"a": {"b": float("nan")}}])
    def test_floats_are_refused(self, value: Any) -> None:
        with pytest.raises(TypeError, match="no floats"):
            canonical({"x": value})


@pytest.mark.django_db
class TestInTheDatabase:
    """Our verifier agrees with the document, on its chain and on ours."""

    def test_verifier_finds_no_fault_in_the_chain_of_the_document(self) -> None:
        """Only the rows that it speaks of are missing here."""
        with unguarded():
            RecordEvent.objects.all().delete()
            for event in CHAIN:
                RecordEvent.objects.create(**{**event, "at": dt.datetime.fromisoformat(event["at"])})
            genesis, last = CHAIN[0], CHAIN[-1]
            RecordHead.objects.update(
                sequence=last["sequence"],
                digest=last["digest"],
                installation=genesis["subject"],
                opened_at=dt.datetime.fromisoformat(genesis["at"]),
            )
        outcome = verify()
        assert (outcome.events, outcome.head) == (8, CHAIN[-1]["digest"])
        assert [(problem.kind, problem.reference) for problem in outcome.problems] == [
            ("missing", "GFMD-2010-RT1-01"),
            ("missing", "GFMD-2010-RT1-01-F1"),
            ("missing", "GFMD-2010-RT1-01-A1"),
        ]

    def test_our_events_are_as_the_document_says(self) -> None:
        """Every kind, with the fields that its vector has, and digests that follow from the document's words."""
        administrator = AdministratorFactory()
        recommendation, other = published_recommendation(sic="A slip"), published_recommendation()
        draft = FollowUpFactory(recommendation=recommendation, partners=[ActorFactory()], body="Two\r\nlines.")
        entry = actions.publish(draft, by=system_account())
        assessment = published_assessment(recommendation=recommendation, rests_on=[entry])
        actions.retract(assessment, by=administrator, reason="Misread")
        published = list(RecordEvent.objects.all())
        actions.withhold(entry, by=administrator, reason="A court order")
        actions.correct_official_text(recommendation, by=administrator, text="Other.", reason="Misread")
        actions.withdraw_recommendation(recommendation, by=administrator, reason="The same", merged_into=other)
        events = published + list(RecordEvent.objects.filter(sequence__gt=len(published)))
        assert {event.kind for event in events} == set(RecordEvent.Kind.values)
        shapes = {
            event["kind"]: shape(json.loads(event["payload"])) for event in WHOLE if event["subject"][-2:] != "A1"
        }
        shapes["entry_retracted"] = {"reason": None, "reference": None, "schema": None}
        for event in events:
            told = json.loads(event.payload)
            if event.subject != assessment.reference or event.kind != "entry_published":
                assert shape(told) == shapes[event.kind]
            written = {name: getattr(event, name) for name in FIELDS} | {"at": moment(event.at)}
            assert sha256(event.salt + event.payload) == event.content_digest
            assert digest(written) == event.digest
            assert len(event.salt) == 64


def shape(payload: Any) -> Any:
    """Return the names in a payload, at every depth."""
    if isinstance(payload, dict):
        return {name: shape(value) for name, value in payload.items()}
    return [shape(payload[0])] if isinstance(payload, list) and payload else None
