"""A record of any size that looks like a real one: words and actors as unequally frequent as in life, three languages.

Rows are written in bulk, past the actions, which would take days; but they are what the actions would have written:
the chain verifies, the copies and the documents for searching follow, and a test says so. All but the salts of the
chain follows from one seed.
"""

import datetime as dt
import itertools
import random
from typing import Any

from django.db import models
from django.utils import timezone

from tests.bench.chain import LINK, SOURCE, Chain, named
from tests.bench.loading import Sheet, bulk
from tests.bench.pages import FIRST_YEAR
from tests.bench.words import NOTHING, Text, Words, document, spoken
from tracker.imports.reference_data import system_account
from tracker.models import (
    Actor,
    AuditEvent,
    DatePrecision,
    EntryDocument,
    Evidence,
    FollowUp,
    Forum,
    ForumChair,
    Language,
    Recommendation,
    RecordEvent,
    Reiteration,
    Responsibility,
    RestsOn,
    Roundtable,
    SearchDocument,
    SearchWord,
    Standing,
    Status,
    StatusChange,
    Theme,
)
from tracker.search.documents import LONGEST, SHORTEST
from tracker.search.lines import line_of_entry, line_of_recommendation
from tracker.search.tokens import actor_token, theme_token

SEED = 2010
ROUNDTABLES = 40
SIZES = (20, 12, 30, 8, 24, 60, 16, 30, 20, 30)
"""Recommendations of the roundtables of a Forum, again and again: a Forum has a thousand, about as many as a session
of the UN's Universal Periodic Review makes. Its pages stay as long as they are, however many Forums there are."""
BATCH = 2000
FIRST_CLOSING, LAST_CLOSING = dt.date(2008, 1, 1), dt.date(2020, 12, 31)
LAST_DAY = 2000
"""Days after its Forum within which a recommendation's entries count."""
RECORDS = ("FFA",) * 13 + ("FAA",) * 5 + ("FAF",) * 2
"""What a recommendation's three entries are, in time: follow-ups and assessments."""
READINGS = (
    *(Status.NO_INFORMATION, Status.IN_PROGRESS, Status.IN_PROGRESS, Status.PARTIALLY_IMPLEMENTED),
    *(Status.PARTIALLY_IMPLEMENTED, Status.IMPLEMENTED),
)
LANGUAGES = ("en", "en", "fr", "es")
TRANSLATED, ADDRESSED, REITERATED = 0.95, 0.99, 0.02
"""How many of the recommendations are translated, address somebody, repeat one of the Forum before."""
THEMES = Recommendation.themes.through
TEXTS = tuple(f"{name}_{code}" for name in ("headline", "translation") for code in Language.values)
RECOMMENDATION = (
    *("id", "roundtable_id", "number", "reference", "official_text", "official_language", *TEXTS, "words_sequence"),
    *("verdict_id", "status", "standing", "status_since", "status_since_precision", "last_followup_on"),
    "followup_count",
)
ENTRY = (
    *("id", "recommendation_id", "number", "reference", "basis", "actor_id", "relation", "title", "body", "language"),
    *("occurred_from", "occurred_until", "counts_from", "status", "standing", "remaining", "sequence", "precedence"),
)
FOLLOWING = {SearchDocument, EntryDocument}
CHANGE = ("id", "recommendation_id", "forum_id", "roundtable_id", "date", "status", "standing", "delta")
Step = tuple[str, str, str, int | None]
"""A date, the status and standing from then on, and the key of the entry that decides."""


def sheets(by: Any, at: dt.datetime) -> dict[type[models.Model], Sheet]:
    """Return an empty sheet for each model but those of the chain."""
    published = {"state": "published", "published_by": by, "published_at": at}
    precision = {"last_followup_precision": DatePrecision.DAY}
    return {
        Recommendation: Sheet(Recommendation, *RECOMMENDATION, source_document=SOURCE, **precision, **published),
        THEMES: Sheet(THEMES, "id", "recommendation_id", "theme_id"),
        Responsibility: Sheet(Responsibility, "id", "recommendation_id", "actor_id"),
        FollowUp: Sheet(FollowUp, *ENTRY, created_by=by, created_at=at, **published),
        Evidence: Sheet(Evidence, "id", "entry_id", "citation", url=LINK),
        RestsOn: Sheet(RestsOn, "id", "assessment_id", "entry_id"),
        Reiteration: Sheet(Reiteration, "id", "later_id", "earlier_id"),
        StatusChange: Sheet(StatusChange, *CHANGE),
        SearchDocument: Sheet(SearchDocument, "recommendation_id", "line", "names", "words", "record"),
        EntryDocument: Sheet(EntryDocument, "entry_id", "line", "names", "words"),
    }


class Lifelike:
    """Adds recommendations with what belongs to them to sheets of rows."""

    def __init__(self) -> None:
        self.chance = random.Random(SEED)
        self.words = {language: Words(self.chance, language) for language in Language.values}
        by, at = system_account(), timezone.now()
        self.chain, self.sheets = Chain(by, at), sheets(by, at)
        self.actors = [(actor.pk, named(actor)) for actor in Actor.objects.order_by("pk")]
        self.chance.shuffle(self.actors)
        self.frequency = list(itertools.accumulate(1 / rank for rank in range(1, len(self.actors) + 1)))
        self.themes = list(Theme.objects.order_by("name_en").values_list("pk", flat=True))
        self.keys = {model: itertools.count(_first_key(model)) for model in self.sheets if model not in FOLLOWING}

        self.earlier: list[int] = []
        """The keys of recommendations that one of the next Forum may repeat."""

    def build(self, size: int) -> None:
        """Add ``size`` recommendations, Forum after Forum, and write them as they become many."""
        forums = -(-size // (ROUNDTABLES * sum(SIZES) // len(SIZES)))
        left = size
        for nth in range(forums):
            forum, made = self.forum(nth, forums), list[int]()
            for place in range(ROUNDTABLES):
                number = min(SIZES[place % len(SIZES)], left)
                made += self.roundtable(forum, place + 1, number) if number else []
                left -= number
            self.earlier = made if nth % 5 else []  # no story goes through more than five Forums
        self.write()
        self.chain.finish()
        SearchWord.objects.bulk_create(self.words_to_offer(), batch_size=500, ignore_conflicts=True)

    def forum(self, nth: int, forums: int) -> Forum:
        """Add an invented Forum with its Chair; all of them are closed one after the other."""
        closes_on = FIRST_CLOSING + (LAST_CLOSING - FIRST_CLOSING) * nth / forums
        year = FIRST_YEAR + nth
        days = {"opens_on": closes_on - dt.timedelta(days=2), "closes_on": closes_on}
        theme = {f"central_theme_{code}": self.words[code].some(6).text for code in Language.values}
        made = Forum.objects.create(year=year, ordinal=year, host_city=f"City {nth}", **days, **theme)
        ForumChair.objects.create(forum=made, actor_id=self.actor()[0])
        return made

    def roundtable(self, forum: Forum, place: int, number: int) -> list[int]:
        """Add a roundtable with so many recommendations; return their keys."""
        titles = {f"title_{code}": self.words[code].some(6).text for code in Language.values}
        made = Roundtable.objects.create(forum=forum, number=place, code=f"RT{place}", **titles)
        keys = [self.recommendation(made, number) for number in range(1, number + 1)]
        if len(self.sheets[Recommendation].rows) >= BATCH:
            self.write()
        return keys

    def recommendation(self, roundtable: Roundtable, number: int) -> int:
        """Add a recommendation with its ties and its record; return its key."""
        key, forum = self.next(Recommendation), roundtable.forum
        reference = f"GFMD-{forum.year}-{roundtable.code}-{number:02d}"
        language = self.chance.choice(LANGUAGES)
        headlines = {code: self.words[code].some(7, 80) for code in Language.values}
        words = self.words[language].some(30)
        translated = self.chance.random() < TRANSLATED
        unofficial = {
            code: self.words[code].some(30) if translated and code != language else NOTHING for code in Language.values
        }
        sequence = self.chain.words(
            reference,
            recommendation=reference,
            forum=forum.year,
            code=roundtable.code,
            text=words.text,
            language=language,
        )
        tokens = self.ties(key)
        copies, said, acting = self.record(key, reference, roundtable)
        shown = [text.text for text in (*headlines.values(), *unofficial.values())]
        about = (key, roundtable.pk, number, reference, words.text, language)
        self.sheets[Recommendation].add(*about, *shown, sequence, *copies)
        self.sheets[SearchDocument].add(
            key,
            line_of_recommendation(forum.year, key),
            document([spoken(reference), *headlines.values()]),
            document([words, *unofficial.values()]),
            document(said, [*tokens, *acting]),
        )
        return key

    def ties(self, key: int) -> list[str]:
        """Add themes, those addressed, and what is repeated; return the tokens of the first two for searching."""
        chance, tokens = self.chance, list[str]()
        if chance.random() < ADDRESSED:
            for actor in sorted({self.actor()[0] for _each in range(2)}):
                self.sheets[Responsibility].add(self.next(Responsibility), key, actor)
                tokens.append(actor_token(actor))
        for theme in sorted(chance.sample(range(len(self.themes)), k=min(2, len(self.themes)))):
            self.sheets[THEMES].add(self.next(THEMES), key, self.themes[theme])
            tokens.append(theme_token(self.themes[theme]))
        if self.earlier and chance.random() < REITERATED:
            self.sheets[Reiteration].add(self.next(Reiteration), key, chance.choice(self.earlier))
        return tokens

    def record(self, key: int, reference: str, roundtable: Roundtable) -> tuple[list[Any], list[Text], list[str]]:
        """Add three entries and what follows from them.

        Returns the copied columns, the texts of the entries, and the tokens of those who acted.
        """
        closes_on = roundtable.forum.closes_on
        days = sorted(self.chance.sample(range(1, LAST_DAY), k=3))
        dates = [(closes_on + dt.timedelta(days=day)).isoformat() for day in days]
        history: list[Step] = [(closes_on.isoformat(), Status.NO_INFORMATION.value, "", None)]
        said, acting, heard = list[Text](), list[str](), list[tuple[int, str, str]]()
        for kind, on in zip(self.chance.choice(RECORDS), dates, strict=True):
            if kind == "F":
                heard.append((*self.follow_up(key, f"{reference}-F{len(heard) + 1}", on, said, acting), on))
            else:
                history.append(self.reading(key, f"{reference}-A{len(history)}", on, said, heard[0]))
        self.changes(key, roundtable, history)
        return [*_verdict(history), heard[-1][2], len(heard)], said, acting

    def follow_up(self, key: int, reference: str, on: str, said: list[Text], acting: list[str]) -> tuple[int, str]:
        """Add a documented follow-up with a citation; return its key and reference."""
        actor, named_so = self.actor()
        language = self.chance.choice(LANGUAGES)
        title, body, cited = (self.words[language].some(*size) for size in ((8, 120), (25,), (9, 400)))
        relation = self.chance.choice(FollowUp.Relation.values)
        values = {
            "reference": reference,
            "recommendation": reference[:-3],
            "relation": relation,
            "actor": named_so,
            "language": language,
            "title": title.text,
            "body": body.text,
            "citation": cited.text,
            "day": on,
        }
        sequence, entry = self.chain.entry("documented", reference, values), self.next(FollowUp)
        number, basis = int(reference[-1]), FollowUp.Basis.DOCUMENTED.value
        about = (entry, key, number, reference, basis, actor, relation, title.text, body.text, language)
        self.sheets[FollowUp].add(*about, on, on, on, "", "", "", sequence, sequence)
        self.sheets[Evidence].add(self.next(Evidence), entry, cited.text)
        names = document([spoken(reference), title], [actor_token(actor)])
        self.sheets[EntryDocument].add(entry, line_of_entry(sequence, entry), names, document([body, NOTHING]))
        said += [title, body, NOTHING]
        acting.append(actor_token(actor))
        return entry, reference

    def reading(self, key: int, reference: str, on: str, said: list[Text], rests_on: tuple[int, str, str]) -> Step:
        """Add a provisional reading that rests on a follow-up."""
        status, language = self.chance.choice(READINGS), self.chance.choice(LANGUAGES)
        body = self.words[language].some(20)
        remaining = self.words[language].some(10, 300) if status in Status.with_remainder() else NOTHING
        standing = Standing.PROVISIONAL.value
        values = {
            "reference": reference,
            "recommendation": reference[:-3],
            "language": language,
            "body": body.text,
            "status": status.value,
            "standing": standing,
            "remaining": remaining.text,
            "day": on,
            "rests_on": rests_on[1],
        }
        sequence, entry = self.chain.entry("assessed", reference, values), self.next(FollowUp)
        number, basis = int(reference[-1]), FollowUp.Basis.ASSESSED.value
        about = (entry, key, number, reference, basis, None, "", "", body.text, language)
        self.sheets[FollowUp].add(*about, on, on, on, status.value, standing, remaining.text, sequence, sequence)
        self.sheets[RestsOn].add(self.next(RestsOn), entry, rests_on[0])
        names = document([spoken(reference), NOTHING])
        self.sheets[EntryDocument].add(entry, line_of_entry(sequence, entry), names, document([body, remaining]))
        said += [NOTHING, body, remaining]
        return on, status.value, standing, entry

    def changes(self, key: int, roundtable: Roundtable, history: list[Step]) -> None:
        """Add the steps in the counts."""
        steps = [(history[0], history[0][0], 1)]
        for before, after in itertools.pairwise(history):
            if before[1:3] != after[1:3]:
                steps += [(before, after[0], -1), (after, after[0], 1)]
        for step, on, delta in steps:
            about = (key, roundtable.forum_id, roundtable.pk, on, *step[1:3], delta)
            self.sheets[StatusChange].add(self.next(StatusChange), *about)

    def actor(self) -> tuple[int, str]:
        """Return the key of an actor, a few of them again and again, and how the record names it."""
        return self.chance.choices(self.actors, cum_weights=self.frequency)[0]

    def next(self, model: type[models.Model]) -> int:
        """Return the next key of a model."""
        return next(self.keys[model])

    def write(self) -> None:
        """Write all rows that were added."""
        for sheet in (*self.sheets.values(), self.chain.events, self.chain.acts):
            sheet.write()

    def words_to_offer(self) -> list[SearchWord]:
        """Return the words that may stand in a misspelt one's place."""
        known = {word for words in self.words.values() for word in words.known}
        return [SearchWord(word=word) for word in sorted(known) if SHORTEST <= len(word) <= LONGEST and word.isalpha()]


def _verdict(history: list[Step]) -> list[Any]:
    """Return the copied columns that say what decides: its key, status, standing, since when, and how exactly."""
    _on, status, standing, entry = history[-1]
    run = list(itertools.takewhile(lambda step: step[1] == status, reversed(history)))
    since, _status, _standing, began = run[-1]
    return [entry, status, standing, *([since, DatePrecision.DAY.value] if began else [None, ""])]


def _first_key(model: type[models.Model]) -> int:
    highest = model._default_manager.aggregate(highest=models.Max("pk"))["highest"]
    return int(highest or 0) + 1


def fill(size: int) -> None:
    """Add ``size`` recommendations to the record, each with three entries, in one transaction."""
    with bulk([*sheets(None, timezone.now()), RecordEvent, AuditEvent]):
        Lifelike().build(size)
