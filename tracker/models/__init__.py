"""What exists. Read: actor, forum, roundtable, theme, recommendation, followup, entry_parts, record, audit, diary."""

from tracker.models.actor import Actor, ActorQuerySet, Membership, fold
from tracker.models.audit import AuditEvent
from tracker.models.changes import StatusChange
from tracker.models.counts import DayCount, EntryCount, StatusCount
from tracker.models.diary import DiaryNote, DiaryNoteQuerySet
from tracker.models.document_import import DocumentImport, DocumentImportQuerySet
from tracker.models.entry_parts import EntryTranslation, Evidence, Partner, RestsOn
from tracker.models.fields import DatePrecision, Language
from tracker.models.filing import Filing, FilingQuerySet
from tracker.models.followup import ON_RECORD, FollowUp, FollowUpQuerySet
from tracker.models.forum import (
    Conclusion,
    Forum,
    ForumChair,
    ForumContributor,
    ForumFigure,
    ForumSource,
    Milestone,
    ReportedTheme,
    forum_name,
)
from tracker.models.recommendation import (
    Recommendation,
    RecommendationQuerySet,
    ReferenceAlias,
    Responsibility,
)
from tracker.models.record import RecordEvent, RecordHead
from tracker.models.reiteration import Reiteration
from tracker.models.roundtable import Roundtable, Track
from tracker.models.search import EntryDocument, SearchDocument, SearchStale, SearchWord
from tracker.models.sheet_import import ImportedRow, SheetColumns, SheetImport, SheetImportQuerySet, SheetKind
from tracker.models.status import Nature, Standing, Status
from tracker.models.theme import Theme
from tracker.models.told import Told
from tracker.models.translated import SOURCE_LANGUAGE, current_language, localized, shown_language, sort_column
from tracker.models.user import User

__all__ = [
    "ON_RECORD",
    "SOURCE_LANGUAGE",
    "Actor",
    "ActorQuerySet",
    "AuditEvent",
    "Conclusion",
    "DatePrecision",
    "DayCount",
    "DiaryNote",
    "DiaryNoteQuerySet",
    "DocumentImport",
    "DocumentImportQuerySet",
    "EntryCount",
    "EntryDocument",
    "EntryTranslation",
    "Evidence",
    "Filing",
    "FilingQuerySet",
    "FollowUp",
    "FollowUpQuerySet",
    "Forum",
    "ForumChair",
    "ForumContributor",
    "ForumFigure",
    "ForumSource",
    "ImportedRow",
    "Language",
    "Membership",
    "Milestone",
    "Nature",
    "Partner",
    "Recommendation",
    "RecommendationQuerySet",
    "RecordEvent",
    "RecordHead",
    "ReferenceAlias",
    "Reiteration",
    "ReportedTheme",
    "Responsibility",
    "RestsOn",
    "Roundtable",
    "SearchDocument",
    "SearchStale",
    "SearchWord",
    "SheetColumns",
    "SheetImport",
    "SheetImportQuerySet",
    "SheetKind",
    "Standing",
    "Status",
    "StatusChange",
    "StatusCount",
    "Theme",
    "Told",
    "Track",
    "User",
    "current_language",
    "fold",
    "forum_name",
    "localized",
    "shown_language",
    "sort_column",
]
