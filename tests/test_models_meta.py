"""What holds for every model, read from the models: no table has to be kept up to date by hand."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import models

import tracker.models
from tests import factories
from tracker.models import (
    AuditEvent,
    DayCount,
    DocumentImport,
    EntryCount,
    EntryDocument,
    EntryTranslation,
    Evidence,
    Filing,
    FollowUp,
    ImportedRow,
    Partner,
    Recommendation,
    RecordEvent,
    RecordHead,
    Reiteration,
    Responsibility,
    RestsOn,
    SearchDocument,
    SearchStale,
    SearchWord,
    SheetColumns,
    SheetImport,
    StatusChange,
    StatusCount,
    User,
)
from tracker.models.fields import together
from tracker.record import guards

OURS = [model for model in apps.get_app_config("tracker").get_models() if not model.__name__.startswith("Historical")]
THE_RECORD = {FollowUp, Evidence, Partner, RestsOn, RecordEvent, RecordHead, StatusChange}
by_name: Any = lambda thing: getattr(thing, "__name__", str(thing))  # noqa: E731


def foreign_keys(target: type[models.Model]) -> dict[str, Any]:
    """Return what a deletion of a row of ``target`` does to each row that points to it."""
    return {
        f"{model.__name__}.{field.name}": field.remote_field.on_delete
        for model in OURS
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.related_model is target
    }


class TestWhoAndWhen:
    """Every ``…_at`` has its ``…_by``, and a constraint that holds them together."""

    PAIRS = [
        (model, field.name.removesuffix("_at"))
        for model in OURS
        for field in model._meta.concrete_fields
        if isinstance(field, models.DateTimeField) and field.name.endswith("_at")
    ]

    def test_there_are_some(self) -> None:
        verbs = {verb for model, verb in self.PAIRS if model is FollowUp}
        assert verbs == {"created", "submitted", "returned", "published", "retracted", "withheld"}

    @pytest.mark.parametrize(("model", "verb"), [pair for pair in PAIRS if pair != (RecordHead, "opened")], ids=by_name)
    def test_pair(self, model: type[models.Model], verb: str) -> None:
        by: Any = model._meta.get_field(f"{verb}_by")
        assert by.related_model is User
        expected = together(model.__name__.lower(), verb)
        assert [one for one in model._meta.constraints if one.name == expected.name] == [expected]

    def test_no_one_without_when(self) -> None:
        alone = [
            f"{model.__name__}.{field.name}"
            for model in OURS
            for field in model._meta.concrete_fields
            if field.name.endswith("_by") and (model, field.name.removesuffix("_by")) not in self.PAIRS
        ]
        assert alone == ["Actor.succeeded_by"]


class TestConstraints:
    """Each is named after its model and has a sentence for people."""

    @pytest.mark.parametrize(
        ("model", "constraint"),
        [(model, constraint) for model in OURS for constraint in model._meta.constraints],
        ids=lambda thing: getattr(thing, "name", by_name(thing)),
    )
    def test_name_and_message(self, model: type[models.Model], constraint: models.BaseConstraint) -> None:
        assert constraint.name.startswith(f"{model.__name__.lower()}_")
        message = str(constraint.violation_error_message)
        assert message != str(models.BaseConstraint.default_violation_error_message)
        assert message.endswith(".")

    @pytest.mark.parametrize("model", OURS, ids=by_name)
    def test_none_calls_the_clock(self, model: type[models.Model]) -> None:
        """2-model, invariant 5: what was right when it was written stays right."""
        assert not re.search(r"\b(?:Now|Trunc\w*|CURRENT_\w+)\b", repr(model._meta.constraints))


class TestForeignKeys:
    """What is on the record, and who put it there, cannot be deleted from beside."""

    def test_into_entries_are_protected(self) -> None:
        """But for what is part of an entry: a draft may be deleted with it; triggers guard the rest."""
        parts = {"Evidence.entry", "EntryTranslation.entry", "Partner.entry", "RestsOn.assessment"}
        parts.add("EntryDocument.entry")
        found = foreign_keys(FollowUp)
        assert {name for name, rule in found.items() if rule is models.CASCADE} == parts
        assert {name for name, rule in found.items() if rule is not models.PROTECT} == parts

    def test_into_recommendations_are_protected(self) -> None:
        """But for what staff say about a draft; the deletion of a published one is refused by a trigger."""
        of_it = {f"{name}.recommendation" for name in ("Responsibility", "SearchDocument", "Filing")}
        found = foreign_keys(Recommendation)
        assert {name for name, rule in found.items() if rule is not models.PROTECT} == of_it | {"Reiteration.later"}
        assert {Responsibility, Reiteration} & THE_RECORD == set()

    def test_to_accounts_are_protected(self) -> None:
        """Accounts are anonymised, never deleted."""
        assert len(foreign_keys(User)) == 17
        assert set(foreign_keys(User).values()) == {models.PROTECT}

    @pytest.mark.parametrize("model", [model for model in OURS if model in THE_RECORD], ids=by_name)
    def test_out_of_the_record_are_protected(self, model: type[models.Model]) -> None:
        parts = {"Evidence.entry", "Partner.entry", "RestsOn.assessment"}
        loose = {
            f"{model.__name__}.{field.name}"
            for field in model._meta.concrete_fields
            if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is not models.PROTECT
        }
        assert loose <= parts


def test_every_model_has_its_factory() -> None:
    made = {
        thing._meta.model
        for thing in vars(factories).values()
        if isinstance(thing, type) and issubclass(thing, factories.factory.Factory) and thing._meta.model
    }
    for_searching = {SearchDocument, EntryDocument, SearchStale, SearchWord}
    counted = {StatusCount, DayCount, EntryCount, Filing}
    assert set(factories.FOLLOWING) == {RecordHead, RecordEvent, StatusChange, AuditEvent, *for_searching, *counted}
    assert made | set(factories.FOLLOWING) == set(OURS)


def test_every_index_says_whom_it_serves() -> None:
    """On its line or on the line above."""
    silent = []
    for path in Path(tracker.models.__file__).parent.glob("*.py"):
        lines = path.read_text().splitlines()
        for number, line in enumerate(lines):
            if "models.Index(" in line:
                statement = [line]
                while statement[-1].strip() not in {")", "),"} and "name=" not in statement[-1]:
                    statement.append(lines[number + len(statement)])
                said = any("#" in one for one in statement) or lines[number - 1].strip().startswith("#")
                silent += [] if said else [f"{path.name}:{number + 1}"]
    assert silent == []


class TestHistory:
    """Everything but the record, which is its own history, keeps one."""

    # An account's history would keep its old passwords; a translation goes with the content it translates, and a
    # history of it would keep what a removal must take away; an act of staff never changes.
    # What is searched, and what is counted, follows from other things. A document being entered is a worksheet.
    # An import is itself the history of what a spreadsheet did.
    FOLLOWING = {SearchDocument, EntryDocument, SearchStale, SearchWord, StatusCount, DayCount, EntryCount}
    FOLLOWING |= {Filing}
    SHEETS = {SheetImport, ImportedRow, SheetColumns}
    WITHOUT = {User, EntryTranslation, AuditEvent, DocumentImport, *SHEETS, *FOLLOWING}

    @pytest.mark.parametrize("model", OURS, ids=by_name)
    def test_of_each_model(self, model: type[models.Model]) -> None:
        assert hasattr(model, "history") == (model not in THE_RECORD | self.WITHOUT)

    def test_copies_stay_out_of_it(self) -> None:
        from tracker.record.copies import COPIED

        historical = {field.attname for field in Recommendation.history.model._meta.concrete_fields}
        assert historical & set(COPIED) == set()


class TestGuardedColumns:
    """Each column of a guarded table is frozen once it is published, or is on a list that says what may change."""

    FREE = {
        FollowUp: guards.ENTRY_FREE,
        Recommendation: guards.RECOMMENDATION_FREE,
        Evidence: set(),
        Partner: set(),
        RestsOn: set(),
        RecordEvent: set(),
        AuditEvent: set(),
    }
    BY_AN_EVENT = {
        FollowUp: guards.ENTRY_CONTENT | guards.ENTRY_RETRACTION | guards.ENTRY_WITHHOLDING | {"state"},
        Recommendation: guards.RECOMMENDATION_WORDS | guards.RECOMMENDATION_WITHDRAWAL | {"state"},
        Evidence: guards.EVIDENCE_CONTENT | {"file_size"},
        Partner: set(),
        RestsOn: set(),
        RecordEvent: {"payload", "salt"},
        AuditEvent: set(),
    }

    def test_every_part_of_an_entry_and_every_event_is_guarded(self) -> None:
        assert set(guards.GUARDED) == self.FREE.keys() == self.BY_AN_EVENT.keys()

    @pytest.mark.parametrize("vendor", ["sqlite", "postgresql"])
    @pytest.mark.parametrize("model", guards.GUARDED, ids=by_name)
    def test_each_operation_is_guarded(self, model: type[models.Model], vendor: str) -> None:
        operations = sorted(guard.operation for guard in guards.guards(vendor) if guard.model is model)
        assert operations == ["DELETE", "INSERT", "UPDATE"]

    @pytest.mark.parametrize("model", guards.GUARDED, ids=by_name)
    def test_each_column_is_frozen_or_listed(self, model: type[models.Model]) -> None:
        columns = {field.column for field in model._meta.concrete_fields}
        listed = self.FREE[model] | self.BY_AN_EVENT[model]
        assert listed <= columns
        update = next(
            guard.condition for guard in guards.guards("sqlite") if guard.model is model and guard.operation == "UPDATE"
        )
        compared = set(re.findall(r"NEW\.(\w+) IS OLD\.", update))
        if model in {FollowUp, Recommendation, RecordEvent}:
            assert columns - listed <= compared
        assert self.FREE[model] & compared == set()

    def test_free_columns_of_a_recommendation_are_those_of_staff_the_copies_and_the_places(self) -> None:
        from tracker.record.copies import COPIED
        from tracker.record.places import KEPT

        staff = {"nature", "internal_note", "version"}
        words = {f"{name}_{code}" for name in ("headline", "translation") for code in ("en", "fr", "es")}
        assert set(COPIED) | set(KEPT) | staff | words == guards.RECOMMENDATION_FREE
