"""How many recommendations the filters keep, and how many one would get with each choice: one query at any size.

A total is counted to 10,000 and no further; beside choices, numbers stand for as long as they are quick. What is found
is written down once (``all_found``); for a parameter that filters already, also what the other filters find.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from tracker.filters.filterset import RecommendationFilter
from tracker.filters.parameters import SEVERAL
from tracker.models import Filing, StatusCount
from tracker.models.filing import FILED_KINDS, FILED_RELATIONS

MOST_COUNTED = 10_000
"""Recommendations that are counted; of more it is said that there are more."""
MOST_TALLIED = 2000
"""Recommendations of which it is counted where they stand: each is read, which takes 3 µs."""
MOST_BESIDE = 500
"""Recommendations whose choices are counted: each has several actors and entries."""
Tallied = list[tuple[str, str, str, int]]


@dataclass(frozen=True)
class Counts:
    """``total``: how many are found; ``more``: there are more, which were not counted.

    ``tally``: rows of the kind of roundtable, status, standing and number; none of too many. ``beside``: by parameter
    and value, how many one would get; a parameter without numbers is not in it.
    """

    total: int
    more: bool
    tally: Tallied
    beside: dict[str, dict[str, int]] = field(default_factory=dict)


def counts(chosen: RecommendationFilter) -> Counts:
    """Count what the filters keep, in one query; of the whole record, whose numbers are kept, in two at most."""
    if not set(chosen.data) - {"sort"}:
        tally = list(StatusCount.objects.of_all())
        total = sum(number for _kind, _status, _standing, number in tally)
        if total > MOST_BESIDE:
            return Counts(total, more=False, tally=tally)
    return _counted(chosen)


def _counted(chosen: RecommendationFilter) -> Counts:
    found: dict[str, dict[str, int]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(*_statement(chosen))
        for what, value, number in cursor.fetchall():
            found[what][value] = number
    sizes = found["size"]
    total = sizes["found"]
    counted = [name for name in SEVERAL if sizes.get(name, total) <= MOST_BESIDE]
    return Counts(
        total=min(total, MOST_COUNTED),
        more=total > MOST_COUNTED,
        tally=[_tallied(value, number) for value, number in found["tally"].items()],
        beside={name: found[name] for name in counted},
    )


def _tallied(value: str, number: int) -> tuple[str, str, str, int]:
    kind, status, standing = value.split("|")
    return kind, status, standing, number


def _statement(chosen: RecommendationFilter) -> tuple[str, list[Any]]:
    """Return the query and its parameters. Its rows say what is counted, of which value, and the number."""
    sources = {"found": chosen.keys(MOST_COUNTED + 1)}
    sources |= {name: chosen.keys(MOST_BESIDE + 1, without=name) for name in SEVERAL if name in chosen.data}
    columns, whose = ("id, status, standing", "found") if chosen.day else ("id", "one")
    tables: list[str] = []
    params: list[Any] = []
    for source, (sql, its) in sources.items():
        tables.append(ALL.format(source=source, columns=columns, sql=sql))
        tables.append(FEW.format(source=source, most=MOST_BESIDE, whose=whose))
        params += its
    selects = [SIZE.format(source=source) for source in sources]
    most = MOST_COUNTED if chosen.day else MOST_TALLIED  # a past day's readings have been found in any case
    selects += [TALLY.format(most=most, whose=whose), *_beside(chosen.day, sources)]
    return f"WITH {', '.join(tables)} {' UNION ALL '.join(selects)}", params


def _beside(day: dt.date | None, sources: Iterable[str]) -> Iterator[str]:
    for name, sql in (BESIDE | (_beside_then(day) if day else {})).items():
        yield sql.format(few=f"few_{name if name in sources else 'found'}")


def _beside_then(day: dt.date) -> dict[str, str]:
    """Return what differs for a past day: what follows from the entries that counted by then."""
    return {name: sql.format(few="{few}", until=day.isoformat()) for name, sql in BESIDE_THEN.items()}


def _words(values: Iterable[str]) -> str:
    """Return SQL for the values that are filed by their places."""
    cases = " ".join(f"WHEN {place} THEN '{value}'" for place, value in enumerate(values))
    return f"CASE filed.subject {cases} END"


# The tables are ours, and so is what stands in braces; what was typed is a parameter of the filters' own queries.
# CROSS JOIN holds SQLite to the order in which they stand: from the few that were found to what belongs to each.
# What is filed is counted before it is named: PostgreSQL, which expects few filings under a theme, would read them all.
# Of today nothing but keys is found, often by an index alone; a past day's readings are found with them.
ALL = "all_{source} ({columns}) AS MATERIALIZED ({sql})"
FEW = """few_{source} (id, roundtable, status, standing, nature) AS MATERIALIZED (
    SELECT one.id, one.roundtable_id, {whose}.status, {whose}.standing, one.nature
    FROM all_{source} found CROSS JOIN tracker_recommendation one
    WHERE one.id = found.id AND (SELECT COUNT(*) FROM all_{source}) <= {most}
)"""
SIZE = "SELECT 'size', '{source}', COUNT(*) FROM all_{source}"
TALLY = """
    SELECT 'tally', tables.kind || '|' || {whose}.status || '|' || {whose}.standing, COUNT(*)
    FROM all_found found CROSS JOIN tracker_recommendation one CROSS JOIN tracker_roundtable tables
    WHERE one.id = found.id AND tables.id = one.roundtable_id AND (SELECT COUNT(*) FROM all_found) <= {most}
    GROUP BY 2
"""
OF_ITSELF = "SELECT '{name}', few.{name}, COUNT(*) FROM {{few}} few GROUP BY 2"
OF_ROUNDTABLE = """
    SELECT '{name}', {value}, COUNT(*) FROM {{few}} few
    CROSS JOIN tracker_roundtable tables CROSS JOIN tracker_forum forum
    WHERE tables.id = few.roundtable AND forum.id = tables.forum_id GROUP BY 2
"""
FILED = """
    SELECT '{name}', {value}, filed.number FROM (
        SELECT one.subject AS subject, COUNT(*) AS number FROM {{few}} few CROSS JOIN tracker_filing one
        WHERE one.recommendation_id = few.id AND one.scope = {scope} GROUP BY one.subject
    ) filed {named}
"""
BESIDE = {
    "forum": OF_ROUNDTABLE.format(name="forum", value="CAST(forum.year AS TEXT)"),
    "roundtable": OF_ROUNDTABLE.format(name="roundtable", value="CAST(forum.year AS TEXT) || '-' || tables.code"),
    "track": OF_ROUNDTABLE.format(
        name="track", value="CASE tables.kind WHEN 'closing' THEN 'closing' ELSE 'roundtables' END"
    ),
    **{name: OF_ITSELF.format(name=name) for name in ("status", "standing", "nature")},
    **{
        name: FILED.format(name=name, value=value, named=named, scope=int(scope))
        for name, value, named, scope in (
            ("actor", "named.slug", "JOIN tracker_actor named ON named.id = filed.subject", Filing.Scope.ACTOR),
            ("theme", "named.slug", "JOIN tracker_theme named ON named.id = filed.subject", Filing.Scope.THEME),
            ("kind", _words(FILED_KINDS), "", Filing.Scope.KIND),
            ("relation", _words(FILED_RELATIONS), "", Filing.Scope.RELATION),
        )
    },
}
# What a recommendation was found under on a day: those who are addressed or had acted, the collectives in which they
# sit, and in which these do, which ``Actor.objects.reached_by`` goes down, from below.
OF_ENTRIES = "entry.recommendation_id IN (SELECT id FROM {few}) AND entry.state = 'published'"
BESIDE_THEN = {
    "actor": f"""
        SELECT 'actor', actor.slug, COUNT(*) FROM (
            WITH touched (id, actor) AS MATERIALIZED (
                SELECT recommendation_id, actor_id FROM tracker_responsibility
                WHERE recommendation_id IN (SELECT id FROM {{few}})
                UNION SELECT entry.recommendation_id, entry.actor_id FROM tracker_followup entry
                WHERE {OF_ENTRIES} AND entry.actor_id IS NOT NULL AND entry.counts_from <= '{{until}}'
                UNION SELECT entry.recommendation_id, partner.actor_id
                FROM tracker_followup entry CROSS JOIN tracker_partner partner
                WHERE {OF_ENTRIES} AND partner.entry_id = entry.id AND entry.counts_from <= '{{until}}'
            )
            SELECT id, actor FROM touched
            UNION SELECT touched.id, seat.collective_id FROM touched
            CROSS JOIN tracker_membership seat WHERE seat.member_id = touched.actor
            UNION SELECT touched.id, upper.collective_id FROM touched
            CROSS JOIN tracker_membership seat CROSS JOIN tracker_membership upper
            WHERE seat.member_id = touched.actor AND upper.member_id = seat.collective_id
        ) reached CROSS JOIN tracker_actor actor WHERE actor.id = reached.actor GROUP BY 2
    """,
    "relation": f"""
        SELECT 'relation', entry.relation, COUNT(DISTINCT entry.recommendation_id) FROM tracker_followup entry
        WHERE {OF_ENTRIES} AND entry.basis <> 'assessed' AND entry.counts_from <= '{{until}}' GROUP BY 2
        UNION ALL SELECT 'relation', 'none', COUNT(*) FROM {{few}} few
        WHERE NOT EXISTS (
            SELECT 1 FROM tracker_followup entry WHERE entry.recommendation_id = few.id AND entry.basis <> 'assessed'
                AND entry.state = 'published' AND entry.counts_from <= '{{until}}'
        )
    """,
}
