"""Keeping ``Filing``: each published recommendation under all that lists are filtered by.

Triggers file a recommendation anew when that from which it follows is written: what it addresses, its themes, its
entries that count, their partners and translations, the seats of all these in collectives, and its own place and state.
"""

from collections.abc import Iterable, Iterator

from django.db import connection

from tracker.models import (
    Actor,
    EntryTranslation,
    Filing,
    FollowUp,
    Language,
    Membership,
    Partner,
    Recommendation,
    Responsibility,
)
from tracker.models.filing import ENTRIES_LACKING, FILED_KINDS, FILED_LANGUAGES, FILED_RELATIONS
from tracker.record.counting import ITSELF_PUBLISHED, ROWS, TIED_TO_PUBLISHED, Counting, any_row

Scope = Filing.Scope
Theming = Recommendation.themes.through
FILINGS, RECOMMENDATIONS = Filing._meta.db_table, Recommendation._meta.db_table
ENTRIES, PARTNERS = FollowUp._meta.db_table, Partner._meta.db_table
ADDRESSED, THEMES = Responsibility._meta.db_table, Theming._meta.db_table
ACTORS, SEATS = Actor._meta.db_table, Membership._meta.db_table
TRANSLATIONS = EntryTranslation._meta.db_table
EVERY = "1 = 1"
MISSING = {
    one: f"r.headline_{one} = '' OR (r.translation_{one} = '' AND r.official_language <> '{one}')"
    for one in Language.values
}
MISSING_OF_ENTRIES = {
    one: f"""(e.language <> '{one}' AND NOT EXISTS (
        SELECT 1 FROM {TRANSLATIONS} t WHERE t.entry_id = e.id AND t.language = '{one}'
            AND (e.title = '' OR t.title <> '') AND (e.body = '' OR t.body <> '')
            AND (e.remaining = '' OR t.remaining <> '')
    ))"""
    for one in Language.values
}
TEXTS = ("official_language", *(f"{name}_{one}" for name in ("headline", "translation") for one in Language.values))
# Conditions say of which recommendations, of the key that stands for {key}.
TOUCHED = f"""
    SELECT recommendation_id, actor_id FROM {ADDRESSED} WHERE {{of_addressed}}
    UNION SELECT recommendation_id, actor_id FROM {ENTRIES}
    WHERE {{of_entry}} AND state = 'published' AND actor_id IS NOT NULL
    UNION SELECT e.recommendation_id, p.actor_id FROM {ENTRIES} e JOIN {PARTNERS} p ON p.entry_id = e.id
    WHERE {{of_partner}} AND e.state = 'published'
"""


def _places(column: str, values: Iterable[str]) -> str:
    cases = " ".join(f"WHEN '{value}' THEN {place}" for place, value in enumerate(values))
    return f"CASE {column} {cases} END"


def _touched(which: str) -> str:
    """Return the query of the actors that recommendations address, or that acted on them or took part."""
    plain = which.format(key="recommendation_id")
    return TOUCHED.format(of_addressed=plain, of_entry=plain, of_partner=which.format(key="e.recommendation_id"))


def _under_actors(which: str) -> str:
    """Return the query of filings under actors: those, the collectives in which they sit, and in which these do.

    It is what ``Actor.objects.reached_by`` goes down, from below.
    """
    touched = f"({_touched(which)}) t"
    return f"""
        SELECT {Scope.ACTOR} AS scope, t.actor_id AS subject, t.recommendation_id AS recommendation_id FROM {touched}
        UNION SELECT {Scope.ACTOR}, s.collective_id, t.recommendation_id FROM {touched}
        JOIN {SEATS} s ON s.member_id = t.actor_id
        UNION SELECT {Scope.ACTOR}, u.collective_id, t.recommendation_id FROM {touched}
        JOIN {SEATS} s ON s.member_id = t.actor_id JOIN {SEATS} u ON u.member_id = s.collective_id
    """


def _under_addressed(which: str) -> str:
    """Return the query of filings under those who are addressed, or nobody, and their kinds."""
    of = which.format(key="t.recommendation_id")
    return f"""
        SELECT {Scope.ADDRESSED} AS scope, t.actor_id AS subject, t.recommendation_id AS recommendation_id
        FROM {ADDRESSED} t WHERE {of}
        UNION SELECT {Scope.KIND}, {_places("a.kind", FILED_KINDS)}, t.recommendation_id
        FROM {ADDRESSED} t JOIN {ACTORS} a ON a.id = t.actor_id WHERE {of}
        UNION SELECT {Scope.ADDRESSED}, 0, r.id FROM {RECOMMENDATIONS} r
        WHERE {which.format(key="r.id")} AND NOT EXISTS (SELECT 1 FROM {ADDRESSED} t WHERE t.recommendation_id = r.id)
    """


def _under_waiting(which: str) -> str:
    """Return the query of filings of what waits for an assessment."""
    return f"""
        SELECT {Scope.TO_ASSESS} AS scope, 0 AS subject, r.id AS recommendation_id
        FROM {RECOMMENDATIONS} r LEFT JOIN {ENTRIES} v ON v.id = r.verdict_id
        WHERE {which.format(key="r.id")} AND r.last_followup_on IS NOT NULL
            AND (v.id IS NULL OR r.last_followup_on > v.counts_from)
    """


def _under_themes(which: str) -> str:
    return f"""
        SELECT {Scope.THEME} AS scope, t.theme_id AS subject, t.recommendation_id AS recommendation_id
        FROM {THEMES} t WHERE {which.format(key="t.recommendation_id")}
    """


def _under_relations(which: str) -> str:
    follow_ups = f"FROM {ENTRIES} e WHERE {{of}} AND e.state = 'published' AND e.basis <> 'assessed'"
    own = follow_ups.format(of="e.recommendation_id = r.id")
    return f"""
        SELECT {Scope.RELATION} AS scope, {_places("e.relation", FILED_RELATIONS)} AS subject,
            e.recommendation_id AS recommendation_id
        {follow_ups.format(of=which.format(key="e.recommendation_id"))}
        UNION SELECT {Scope.RELATION}, {FILED_RELATIONS.index("none")}, r.id
        FROM {RECOMMENDATIONS} r WHERE {which.format(key="r.id")} AND NOT EXISTS (SELECT 1 {own})
    """


def _under_untranslated(which: str) -> str:
    """Return the query of filings of what is not wholly translated."""
    of = which.format(key="r.id")
    return " UNION ALL ".join(
        f"SELECT {Scope.UNTRANSLATED} AS scope, {subject} AS subject, r.id AS recommendation_id "
        f"FROM {RECOMMENDATIONS} r WHERE {of} AND ({_lacking(MISSING, language)})"
        for subject, language in enumerate(FILED_LANGUAGES)
    )


def _under_untranslated_entries(which: str) -> str:
    """Return the query of filings of entries that are not wholly translated."""
    of = which.format(key="e.recommendation_id")
    return " UNION ALL ".join(
        f"SELECT {scope} AS scope, e.id AS subject, e.recommendation_id AS recommendation_id "
        f"FROM {ENTRIES} e WHERE {of} AND e.state = 'published' AND ({_lacking(MISSING_OF_ENTRIES, language)})"
        for language, scope in ENTRIES_LACKING.items()
    )


def _lacking(missing: dict[str, str], language: str) -> str:
    return missing[language] if language else " OR ".join(missing.values())


OF_ENTRIES = tuple(ENTRIES_LACKING.values())
QUERIES = {
    (Scope.ADDRESSED, Scope.KIND): _under_addressed,
    (Scope.ACTOR,): _under_actors,
    (Scope.THEME,): _under_themes,
    (Scope.RELATION,): _under_relations,
    (Scope.TO_ASSESS,): _under_waiting,
    (Scope.UNTRANSLATED,): _under_untranslated,
    OF_ENTRIES: _under_untranslated_entries,
}
BY_ENTRIES = {(Scope.ACTOR,), (Scope.RELATION,), OF_ENTRIES}
BY_ADDRESSING = {(Scope.ACTOR,), (Scope.ADDRESSED, Scope.KIND)}


def _rows(scopes: tuple[Scope, ...], which: str) -> str:
    """Return the query of what is to be filed: scope, subject, place and recommendation."""
    return (
        f"SELECT f.scope, f.subject, r.place, r.id FROM ({QUERIES[scopes](which)}) f "
        f"JOIN {RECOMMENDATIONS} r ON r.id = f.recommendation_id WHERE r.state = 'published'"
    )


def _anew(which: str, of: Iterable[tuple[Scope, ...]] = QUERIES) -> Iterator[str]:
    """Yield the statements that file recommendations anew. ``which``: their condition; ``of``: under what alone."""
    for scopes in of:
        some = ", ".join(str(int(scope)) for scope in scopes)
        yield f"DELETE FROM {FILINGS} WHERE {which.format(key='recommendation_id')} AND scope IN ({some})"
        yield (
            f"INSERT INTO {FILINGS} (scope, subject, place, recommendation_id) {_rows(scopes, which)} "
            "ON CONFLICT DO NOTHING"  # another's filing, not yet committed, is no mistake
        )


# Which recommendations a changed row touches; {row} stands for it.
OF_RECOMMENDATION = "{{key}} = {row}.recommendation_id"
OF_ENTRY = f"{{{{key}}}} = (SELECT recommendation_id FROM {ENTRIES} WHERE id = {{row}}.entry_id)"
BELOW = f"(SELECT {{row}}.member_id UNION SELECT member_id FROM {SEATS} WHERE collective_id = {{row}}.member_id)"
TOUCHED_BELOW = TOUCHED.format(
    of_addressed=f"actor_id IN {BELOW}", of_entry=f"actor_id IN {BELOW}", of_partner=f"p.actor_id IN {BELOW}"
)
OF_SEAT = f"{{{{key}}}} IN (SELECT recommendation_id FROM ({TOUCHED_BELOW}) touched)"
ITSELF = "{key} = NEW.id"
ADDRESSING = f"{{key}} IN (SELECT recommendation_id FROM {ADDRESSED} WHERE actor_id = NEW.id)"
OF_PUBLISHED_ENTRY = f"EXISTS (SELECT 1 FROM {ENTRIES} e WHERE e.id = {{row}}.entry_id AND e.state = 'published')"


def filings() -> Iterator[Counting]:
    """Yield after which operations recommendations are filed anew."""
    new, changed = (any_row(ITSELF_PUBLISHED, operation) for operation in ("INSERT", "UPDATE"))
    yield Counting(Recommendation, "INSERT", list(_anew(ITSELF)), matters=new, verb="file")
    yield Counting(Recommendation, "UPDATE", list(_anew(ITSELF)), ("state", "place"), changed, "file")
    decided = list(_anew(ITSELF, [(Scope.TO_ASSESS,)]))
    yield Counting(Recommendation, "UPDATE", decided, ("verdict_id", "last_followup_on"), changed, "await")
    told = list(_anew(ITSELF, [(Scope.UNTRANSLATED,)]))
    yield Counting(Recommendation, "UPDATE", told, TEXTS, changed, "translate")
    gone = f"DELETE FROM {FILINGS} WHERE recommendation_id = OLD.id"
    yield Counting(Recommendation, "DELETE", [gone], verb="file")
    kinds = list(_anew(ADDRESSING, [(Scope.ADDRESSED, Scope.KIND)]))
    yield Counting(Actor, "UPDATE", kinds, ("kind",), verb="file")
    for operation, rows in ROWS.items():
        for model, which, scopes, columns, matters in (
            (Responsibility, OF_RECOMMENDATION, BY_ADDRESSING, (), TIED_TO_PUBLISHED),
            (Theming, OF_RECOMMENDATION, {(Scope.THEME,)}, (), TIED_TO_PUBLISHED),
            (FollowUp, OF_RECOMMENDATION, BY_ENTRIES, ("state",), ITSELF_PUBLISHED),
            (Partner, OF_ENTRY, {(Scope.ACTOR,)}, (), OF_PUBLISHED_ENTRY),
            (EntryTranslation, OF_ENTRY, {OF_ENTRIES}, (), OF_PUBLISHED_ENTRY),
            (Membership, OF_SEAT, {(Scope.ACTOR,)}, (), ""),
        ):
            statements = [one for row in rows for one in _anew(which.format(row=row), sorted(scopes))]
            of = columns if operation == "UPDATE" else ()
            yield Counting(model, operation, statements, of, any_row(matters, operation), "file")


def file_all() -> None:
    """File every recommendation anew."""
    with connection.cursor() as cursor:
        for statement in _anew(EVERY):
            cursor.execute(statement)


def misfiled() -> Iterator[tuple[str, list[str]]]:
    """Yield the reference of each recommendation that is not filed under what it should be, and only that."""
    everything = " UNION ALL ".join(_rows(scopes, EVERY) for scopes in QUERIES)
    should = f"SELECT * FROM ({everything}) should"
    kept = f"SELECT scope, subject, place, recommendation_id AS id FROM {FILINGS}"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT reference FROM {RECOMMENDATIONS} WHERE id IN (SELECT id FROM ({should} EXCEPT {kept}) missing "
            f"UNION SELECT id FROM ({kept} EXCEPT {should}) beyond) ORDER BY reference"
        )
        for (reference,) in cursor.fetchall():
            yield reference, ["filing"]
