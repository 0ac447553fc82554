"""Keeping the counts of ``tracker.models.counts``: by triggers, so that they follow by whatever way a row is written.

Each change is a set of rows with a delta, -1 for what a row was and +1 for what it is; a row that does not count
(a draft, a withdrawn recommendation, a retracted entry) has none. To count anew is the same with +1 for every row.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import connection, models

from tracker.models import (
    Actor,
    DayCount,
    EntryCount,
    FollowUp,
    Partner,
    Recommendation,
    Responsibility,
    Roundtable,
    StatusChange,
    StatusCount,
)

Theming = Recommendation.themes.through
THEMES, ADDRESSED = Theming._meta.db_table, Responsibility._meta.db_table
CHANGES = StatusChange._meta.db_table
RECOMMENDATIONS, ROUNDTABLES = Recommendation._meta.db_table, Roundtable._meta.db_table
ENTRIES, PARTNERS, ACTORS = FollowUp._meta.db_table, Partner._meta.db_table, Actor._meta.db_table


@dataclass(frozen=True)
class Scope:
    """One of the counts of a table. ``subject``: SQL for whose it is, of a changed row ``one`` joined with ``join``.

    A table that counts one thing only has no names and no subjects.
    """

    name: str = ""
    subject: str = ""
    join: str = ""


@dataclass(frozen=True)
class Counted:
    """A table of counts, the columns by which it tells rows apart, and its scopes."""

    model: type[models.Model]
    columns: tuple[str, ...]
    scopes: tuple[Scope, ...] = (Scope(),)

    @property
    def key(self) -> tuple[str, ...]:
        """The columns of which no two counts have the same."""
        return (*(("scope", "subject") if self.scopes[0].name else ()), *self.columns)

    def sums(self, scope: Scope, changes: str) -> str:
        """Return the query of what changes in a scope. ``changes``: a query of rows with the columns and ``delta``."""
        columns = ", ".join(f"one.{column}" for column in self.columns)
        by = f"{scope.subject}, {columns}" if scope.subject.startswith(("one.", "tie.")) else columns
        whose = f"'{scope.name}' AS scope, {scope.subject} AS subject, " if scope.name else ""
        return (
            f"SELECT {whose}{columns}, SUM(one.delta) AS number "
            f"FROM ({changes}) one {scope.join} GROUP BY {by} HAVING SUM(one.delta) <> 0"
        )

    def statement(self, scope: Scope, changes: str) -> str:
        """Return the statement that adds what changes to what is kept."""
        table, key = self.model._meta.db_table, ", ".join(self.key)
        added = f"number = {table}.number + excluded.number"
        sums = self.sums(scope, changes)
        return f"INSERT INTO {table} ({key}, number) {sums} ON CONFLICT ({key}) DO UPDATE SET {added}"


OF_THEME = Scope("theme", "tie.theme_id", f"JOIN {THEMES} tie ON tie.recommendation_id = one.id")
OF_ACTOR = Scope("actor", "tie.actor_id", f"JOIN {ADDRESSED} tie ON tie.recommendation_id = one.id")
STATUSES = Counted(
    StatusCount,
    ("kind", "status", "standing"),
    (Scope("whole", "0"), Scope("forum", "one.forum_id"), OF_THEME, OF_ACTOR),
)
DAYS = Counted(DayCount, ("date", "kind", "status", "standing"))
SECOND = f"JOIN {PARTNERS} tie ON tie.entry_id = one.id AND tie.actor_id <> one.actor_id"
PUBLISHED = Counted(
    EntryCount,
    ("basis", "relation"),
    (
        Scope("whole", "0"),
        Scope("actor", "tie.id", f"JOIN {ACTORS} tie ON tie.id = one.actor_id"),
        Scope("partner", "tie.actor_id", SECOND),
    ),
)


def _of_recommendation(row: str, delta: int) -> str:
    return (
        f"SELECT {row}.id AS id, r.forum_id, r.kind, {row}.status AS status, {row}.standing AS standing, "
        f"{delta} AS delta FROM {ROUNDTABLES} r WHERE r.id = {row}.roundtable_id AND {row}.state = 'published'"
    )


def _of_roundtable(row: str, delta: int) -> str:
    return (
        f"SELECT r.id, {row}.forum_id AS forum_id, {row}.kind AS kind, r.status, r.standing, {delta} AS delta "
        f"FROM {RECOMMENDATIONS} r WHERE r.roundtable_id = {row}.id AND r.state = 'published'"
    )


def _of_tie(row: str, delta: int) -> str:
    return (
        f"SELECT c.id, r.forum_id, r.kind, c.status, c.standing, {delta} AS delta FROM {RECOMMENDATIONS} c "
        f"JOIN {ROUNDTABLES} r ON r.id = c.roundtable_id WHERE c.id = {row}.recommendation_id AND c.state = 'published'"
    )


def _of_entry(row: str, delta: int) -> str:
    return (
        f"SELECT {row}.id AS id, {row}.actor_id AS actor_id, {row}.basis AS basis, {row}.relation AS relation, "
        f"{delta} AS delta "
        f"WHERE {row}.state = 'published'"
    )


def _of_change(row: str, delta: int) -> str:
    return (
        f"SELECT {row}.date AS date, r.kind, {row}.status AS status, {row}.standing AS standing, "
        f"{delta} * {row}.delta AS delta FROM {ROUNDTABLES} r WHERE r.id = {row}.roundtable_id"
    )


def _of_changes(row: str, delta: int) -> str:
    return (
        f"SELECT c.date, {row}.kind AS kind, c.status, c.standing, {delta} * c.delta AS delta "
        f"FROM {CHANGES} c WHERE c.roundtable_id = {row}.id"
    )


@dataclass(frozen=True)
class Counting:
    """What must be counted after an operation on a row of a model. ``columns``: those whose update counts.

    ``matters``: SQL over OLD and NEW without which there is nothing to count; none: there always is. ``verb``: what
    the statements do, with which the trigger's name begins.
    """

    model: type[models.Model]
    operation: str
    statements: list[str]
    columns: tuple[str, ...] = ()
    matters: str = ""
    verb: str = "count"

    @property
    def name(self) -> str:
        """The trigger's name, the same on both engines."""
        return f"{self.verb}_{self.model._meta.db_table}_{self.operation.lower()}"


Changes = Callable[[str, int], str]
ROWS = {"INSERT": {"NEW": 1}, "UPDATE": {"OLD": -1, "NEW": 1}, "DELETE": {"OLD": -1}}

# That a changed row, or what it belongs to, is published; {row} stands for it. A sheet of drafts costs a look at it.
ITSELF_PUBLISHED = "{row}.state = 'published'"
TIED_TO_PUBLISHED = (
    f"EXISTS (SELECT 1 FROM {RECOMMENDATIONS} c WHERE c.id = {{row}}.recommendation_id AND c.state = 'published')"
)


def any_row(condition: str, operation: str) -> str:
    """Return the condition that it holds of what a row was or of what it is; none stays none."""
    return " OR ".join(condition.format(row=row) for row in ROWS[operation]) if condition else ""


def countings() -> Iterator[Counting]:
    """Yield all that must be counted."""
    status = ("roundtable_id", "state", "status", "standing")
    yield from _counted(Recommendation, STATUSES, _of_recommendation, status, ITSELF_PUBLISHED)
    yield from _counted(FollowUp, PUBLISHED, _of_entry, ("state",), ITSELF_PUBLISHED)
    yield from _counted(StatusChange, DAYS, _of_change)
    yield Counting(
        Roundtable,
        "UPDATE",
        [
            *(STATUSES.statement(scope, _changes(_of_roundtable, "UPDATE")) for scope in STATUSES.scopes),
            *(DAYS.statement(scope, _changes(_of_changes, "UPDATE")) for scope in DAYS.scopes),
        ],
        ("forum_id", "kind"),
    )
    yield from _ties(Theming, "theme", "theme_id")
    yield from _ties(Responsibility, "actor", "actor_id")


def _counted(
    model: type[models.Model], counted: Counted, changes: Changes, columns: tuple[str, ...] = (), matters: str = ""
) -> Iterator[Counting]:
    for operation in ROWS:
        statements = [counted.statement(scope, _changes(changes, operation)) for scope in counted.scopes]
        of = columns if operation == "UPDATE" else ()
        yield Counting(model, operation, statements, of, any_row(matters, operation))


def _changes(changes: Changes, operation: str) -> str:
    return " UNION ALL ".join(changes(row, delta) for row, delta in ROWS[operation].items())


def _ties(model: type[models.Model], scope: str, subject: str) -> Iterator[Counting]:
    """Count what is tied to a theme or an actor as it comes and goes: it counts for this one alone."""
    for operation, rows in ROWS.items():
        yield Counting(
            model,
            operation,
            [STATUSES.statement(Scope(scope, f"{row}.{subject}"), _of_tie(row, delta)) for row, delta in rows.items()],
            matters=any_row(TIED_TO_PUBLISHED, operation),
        )


ALL = {
    DAYS: f"SELECT c.date, r.kind, c.status, c.standing, c.delta FROM {CHANGES} c "
    f"JOIN {ROUNDTABLES} r ON r.id = c.roundtable_id",
    STATUSES: f"SELECT one.*, 1 AS delta FROM (SELECT c.id, r.forum_id, r.kind, c.status, c.standing "
    f"FROM {RECOMMENDATIONS} c JOIN {ROUNDTABLES} r ON r.id = c.roundtable_id WHERE c.state = 'published') one",
    PUBLISHED: f"SELECT id, actor_id, basis, relation, 1 AS delta FROM {ENTRIES} WHERE state = 'published'",
}


def recount() -> None:
    """Count everything anew."""
    with connection.cursor() as cursor:
        for counted, rows in ALL.items():
            cursor.execute(f"DELETE FROM {counted.model._meta.db_table}")
            for scope in counted.scopes:
                cursor.execute(counted.statement(scope, rows))


def miscounted() -> Iterator[tuple[str, list[str]]]:
    """Yield the name of each count that is not what it should be, and what is kept and counted."""
    for counted, rows in ALL.items():
        should, kept = _all_of(counted, rows), _kept(counted)
        for key in sorted(should.keys() | kept.keys()):
            if should.get(key, 0) != kept.get(key, 0):
                name = " ".join(("count", *filter(None, key)))
                yield name, [f"{kept.get(key, 0)} instead of {should.get(key, 0)}"]


Numbers = dict[tuple[str, ...], int]


def _all_of(counted: Counted, rows: str) -> Numbers:
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(counted.sums(scope, rows) for scope in counted.scopes))
        return {tuple(map(str, row[:-1])): int(row[-1]) for row in cursor.fetchall()}


def _kept(counted: Counted) -> Numbers:
    rows = counted.model._default_manager.values_list(*counted.key, "number")
    return {tuple(map(str, row[:-1])): row[-1] for row in rows}
