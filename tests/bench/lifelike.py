"""A record of any size that looks like a real one: words and actors as unequally frequent as in life, three languages.

Rows are written in bulk, past the actions, which would take days; but they are what the actions would have written:
the chain verifies, the copies follow, and a test says so. Everything follows from one seed.
"""

import datetime as dt
import itertools
import json
import random
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.utils import timezone

from tests.bench.pages import FIRST_YEAR
from tracker.imports.reference_data import system_account
from tracker.models import (
    Actor,
    AuditEvent,
    Evidence,
    FollowUp,
    Forum,
    Recommendation,
    RecordEvent,
    RecordHead,
    Responsibility,
    RestsOn,
    Roundtable,
    Standing,
    Status,
    StatusChange,
    Theme,
)
from tracker.record.canonical import (
    Payload,
    canonical,
    content_digest,
    entry_payload,
    event_digest,
    recommendation_payload,
)
from tracker.record.copies import changes_of, copies_of
from tracker.record.triggers import create_triggers, drop_triggers

SEED = 2010
PER_ROUNDTABLE, PER_FORUM = 20, 50
"""Recommendations of a roundtable, roundtables of a Forum: pages stay as long as they are, however many there are."""
BATCH = 2000
ORDER: tuple[type[models.Model], ...] = (
    *(Forum, Roundtable, Recommendation, Recommendation.themes.through, Responsibility, RecordEvent),
    *(FollowUp, Evidence, RestsOn, StatusChange, AuditEvent),
)
READINGS = (
    *(Status.NO_INFORMATION, Status.IN_PROGRESS, Status.IN_PROGRESS, Status.PARTIALLY_IMPLEMENTED),
    *(Status.PARTIALLY_IMPLEMENTED, Status.IMPLEMENTED),
)


class Words:
    """Texts made of the real ones' words, each as often as the inverse of its rank (Zipf)."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        fixtures = settings.BASE_DIR / "fixtures"
        self.known = {language: _words_of(fixtures, language) for language in ("en", "fr", "es")}
        self.weights = {
            language: list(itertools.accumulate(1 / rank for rank in range(1, len(words) + 1)))
            for language, words in self.known.items()
        }

    def some(self, number: int, language: str = "en") -> str:
        """Return ``number`` words, the first with a capital."""
        chosen = self.chance.choices(self.known[language], cum_weights=self.weights[language], k=number)
        return " ".join(chosen).capitalize()


def _words_of(fixtures: Any, language: str) -> list[str]:
    """Return the words of the recommendations in a language, most frequent first."""
    items = json.loads((fixtures / "recommendations.json").read_text(encoding="utf-8"))
    texts = json.dumps(items, ensure_ascii=False) if language == "en" else _translated(items, language)
    counted: dict[str, int] = {}
    for word in texts.replace('"', " ").split():
        if word.isalpha():
            counted[word.lower()] = counted.get(word.lower(), 0) + 1
    return sorted(counted, key=lambda word: (-counted[word], word))


def _translated(items: Any, language: str) -> str:
    """Return every text under a key that is a language's code."""
    if isinstance(items, dict):
        return " ".join(
            value if key == language and isinstance(value, str) else _translated(value, language)
            for key, value in items.items()
        )
    return " ".join(_translated(one, language) for one in items) if isinstance(items, list) else ""


class Place(NamedTuple):
    """Where the next rows of the chain stand."""

    sequence: int
    digest: str


@dataclass
class Batch:
    """Rows that are written together, by model."""

    rows: dict[type[models.Model], list[Any]] = field(default_factory=lambda: {model: [] for model in ORDER})

    def add(self, *rows: models.Model) -> None:
        """Keep rows until they are written."""
        for row in rows:
            self.rows[type(row)].append(row)

    def write(self) -> None:
        """Write all rows, parents first; the verdicts of recommendations last, since each needs its entry."""
        verdicts = {row: row.verdict_id for row in self.rows[Recommendation]}
        for row in verdicts:
            row.verdict_id = None
        for model in ORDER:
            model._default_manager.bulk_create(self.rows[model], batch_size=500)
        for row, verdict in verdicts.items():
            row.verdict_id = verdict
        Recommendation.objects.bulk_update(list(verdicts), ["verdict"], batch_size=500)


class Lifelike:
    """Builds recommendations with what belongs to them, batch by batch."""

    def __init__(self) -> None:
        self.chance = random.Random(SEED)
        self.words = Words(self.chance)
        self.by, self.at = system_account(), timezone.now()
        self.actors = list(Actor.objects.order_by("pk"))
        self.chance.shuffle(self.actors)
        self.frequency = list(itertools.accumulate(1 / rank for rank in range(1, len(self.actors) + 1)))
        self.themes = list(Theme.objects.order_by("pk"))
        self.keys = {model: itertools.count(_first_key(model)) for model in ORDER if model is not RecordEvent}
        head = RecordHead.objects.get()
        self.place = Place(head.sequence, head.digest)

    def batches(self, size: int) -> Iterator[Batch]:
        """Yield ``size`` recommendations with their record, in batches."""
        roundtables = self.roundtables(-(-size // PER_ROUNDTABLE))
        left = size
        batch = Batch()
        for roundtable, is_new in roundtables:
            if is_new:
                batch.add(roundtable.forum)
            batch.add(roundtable)
            for number in range(1, min(PER_ROUNDTABLE, left) + 1):
                self.recommendation(batch, roundtable, number)
            left -= PER_ROUNDTABLE
            if len(batch.rows[Recommendation]) >= BATCH:
                yield batch
                batch = Batch()
        yield batch

    def roundtables(self, number: int) -> Iterator[tuple[Roundtable, bool]]:
        """Yield so many roundtables, and whether its Forum is a new one."""
        forum = Forum()
        for index in range(number):
            nth, is_new = index // PER_FORUM, index % PER_FORUM == 0
            if is_new:
                forum = self.forum(nth)
            number_there = index % PER_FORUM + 1
            yield (
                Roundtable(
                    pk=self.key(Roundtable),
                    forum=forum,
                    number=number_there,
                    code=f"RT{number_there}",
                    title_en=self.words.some(6),
                    title_fr=self.words.some(6, "fr"),
                    title_es=self.words.some(6, "es"),
                ),
                is_new,
            )

    def forum(self, nth: int) -> Forum:
        """Return the next invented Forum, closed some day between 2008 and 2020."""
        closes_on = dt.date(2008, 1, 1) + dt.timedelta(days=self.chance.randrange(4700))
        return Forum(
            pk=self.key(Forum),
            year=FIRST_YEAR + nth,
            ordinal=FIRST_YEAR + nth,
            host_city=f"City {nth}",
            opens_on=closes_on - dt.timedelta(days=2),
            closes_on=closes_on,
        )

    def recommendation(self, batch: Batch, roundtable: Roundtable, number: int) -> None:
        """Add a recommendation with two follow-ups and a reading."""
        language = self.chance.choice(["en", "en", "fr", "es"])
        made = Recommendation(
            pk=self.key(Recommendation),
            roundtable=roundtable,
            number=number,
            reference=f"GFMD-{roundtable.forum.year}-{roundtable.code}-{number:02d}",
            official_text=f"{self.words.some(40, language)}.",
            official_language=language,
            headline_en=self.words.some(7)[:80],
            headline_fr=self.words.some(7, "fr")[:80],
            headline_es=self.words.some(7, "es")[:80],
            source_document="Conclusions of the Chair",
            state=Recommendation.State.PUBLISHED,
            published_by=self.by,
            published_at=self.at,
        )
        made.words_sequence = self.event(
            batch, RecordEvent.Kind.RECOMMENDATION_PUBLISHED, made.reference, recommendation_payload(made)
        )
        batch.add(made)
        for theme in self.chance.sample(self.themes, k=min(2, len(self.themes))):
            tie = Recommendation.themes.through
            batch.add(tie(pk=self.key(tie), recommendation_id=made.pk, theme_id=theme.pk))
        for actor in {one.pk: one for one in self.some_actors(2)}.values():
            batch.add(Responsibility(pk=self.key(Responsibility), recommendation=made, actor=actor))
        self.record(batch, made)

    def record(self, batch: Batch, recommendation: Recommendation) -> None:
        """Add two follow-ups and the reading that rests on the first; then the copies of what they say."""
        days = sorted(self.chance.randrange(1, 2000) for _ in range(3))
        first, second = (self.follow_up(batch, recommendation, number, days[number - 1]) for number in (1, 2))
        reading = self.reading(recommendation, days[2])
        row = RestsOn(pk=self.key(RestsOn), assessment=reading, entry=first)
        self.publish(batch, reading, evidence=[], supports=[row])
        batch.add(row)
        for name, value in copies_of(recommendation, [first, second, reading]).items():
            setattr(recommendation, name, value)
        for change in changes_of(recommendation, [first, second, reading]):
            change.pk = self.key(StatusChange)
            batch.add(change)

    def follow_up(self, batch: Batch, recommendation: Recommendation, number: int, day: int) -> FollowUp:
        """Add a documented follow-up with a citation."""
        entry = FollowUp(
            **self.entry(recommendation, number, day),
            reference=f"{recommendation.reference}-F{number}",
            basis=FollowUp.Basis.DOCUMENTED,
            actor=self.some_actors(1)[0],
            relation=self.chance.choice(FollowUp.Relation.values),
            title=self.words.some(8)[:120],
            body=self.words.some(40),
        )
        citation = self.words.some(9)
        row = Evidence(pk=self.key(Evidence), entry=entry, citation=citation, url="https://example.org/source")
        self.publish(batch, entry, evidence=[row], supports=[])
        batch.add(row)
        return entry

    def reading(self, recommendation: Recommendation, day: int) -> FollowUp:
        """Return a provisional reading."""
        status = self.chance.choice(READINGS)
        return FollowUp(
            **self.entry(recommendation, 1, day),
            reference=f"{recommendation.reference}-A1",
            basis=FollowUp.Basis.ASSESSED,
            status=status,
            standing=Standing.PROVISIONAL,
            body=self.words.some(30),
            remaining=self.words.some(12) if status in Status.with_remainder() else "",
        )

    def entry(self, recommendation: Recommendation, number: int, day: int) -> dict[str, Any]:
        """Return what all published entries share."""
        on = recommendation.roundtable.forum.closes_on + dt.timedelta(days=day)
        return {
            "pk": self.key(FollowUp),
            "recommendation": recommendation,
            "number": number,
            "occurred_from": on,
            "occurred_until": on,
            "counts_from": on,
            "state": FollowUp.State.PUBLISHED,
            "created_by": self.by,
            "created_at": self.at,
            "published_by": self.by,
            "published_at": self.at,
        }

    def publish(self, batch: Batch, entry: FollowUp, *, evidence: list[Evidence], supports: list[RestsOn]) -> None:
        """Give an entry its place in the chain."""
        entry._prefetched_objects_cache = {"partner_rows": [], "support_rows": supports, "evidence": evidence}
        kind, reference = RecordEvent.Kind.ENTRY_PUBLISHED, str(entry.reference)
        entry.sequence = entry.precedence = self.event(batch, kind, reference, entry_payload(entry))
        batch.add(entry)

    def event(self, batch: Batch, kind: RecordEvent.Kind, subject: str, payload: Payload) -> int:
        """Add the next event of the chain; return its number."""
        salt, text, sequence = secrets.token_hex(32), canonical(payload), self.place.sequence + 1
        content = content_digest(salt, text)
        facts = {"sequence": sequence, "kind": kind, "subject": subject, "at": self.at, "previous": self.place.digest}
        self.place = Place(sequence, event_digest(**facts, content=content))
        batch.add(
            RecordEvent(**facts, salt=salt, payload=text, content_digest=content, digest=self.place.digest),
            AuditEvent(pk=self.key(AuditEvent), what=kind.value, who=self.by, subject=subject, at=self.at),
        )
        return sequence

    def some_actors(self, number: int) -> list[Actor]:
        """Return actors, a few of them again and again."""
        return self.chance.choices(self.actors, cum_weights=self.frequency, k=number)

    def key(self, model: type[models.Model]) -> int:
        """Return the next key of a model."""
        return next(self.keys[model])


def _first_key(model: type[models.Model]) -> int:
    highest = model._default_manager.aggregate(highest=models.Max("pk"))["highest"]
    return int(highest or 0) + 1


def fill(size: int) -> None:
    """Add ``size`` recommendations to the record, each with two follow-ups and a reading, in one transaction.

    The guards step aside for it, which nothing but a measurement may do.
    """
    with transaction.atomic():
        drop_triggers(connection)
        made = Lifelike()
        for batch in made.batches(size):
            batch.write()
        RecordHead.objects.update(sequence=made.place.sequence, digest=made.place.digest)
        connection.check_constraints()
        create_triggers(connection)
        _set_sequences()


def _set_sequences() -> None:
    """Let PostgreSQL number the next rows after ours."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(ORDER)):
            cursor.execute(statement)
