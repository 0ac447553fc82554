"""What waits at the desk: each question is a number on the index, and a filter that lists exactly what was counted."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import Count, Model, Prefetch, QuerySet, Value
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from tracker.admin.filters import ChoiceFilter
from tracker.admin.paging import as_filed
from tracker.models import DiaryNote, DocumentImport, Filing, FollowUp, Forum, Recommendation, Roundtable, User
from tracker.permissions import Verb, may
from tracker.progress import today

PARAMETER = "waits"
MOST_SHEETS = 12  # more roundtables than these are found in the list
MOST_LOOKED_AT = 1000  # of the recommendations that wait, eighty of each: more than a roundtable has
MOST_FORUMS, MOST_PARTS = 20, 12  # as many as one looks over; the others are found in their lists


@dataclass(frozen=True)
class Question:
    """One sort of thing that waits: its name in addresses, its words, and which rows it is."""

    name: str
    model: type[Model]
    label: Any
    words: Any
    """What stands on the index for a number of them."""
    among: Callable[[Any, User], QuerySet[Any]]
    """Narrows rows of the model to those that wait for a user."""
    verb: Verb | None = None
    """What one must be allowed to do for the question to concern one."""
    filed: Filing.Scope | None = None
    """Where those that are published are filed, under 0; ``among`` returns no others but ``beside``."""
    beside: Callable[[], QuerySet[Any]] | None = None
    page: str = ""
    """The page on which they are dealt with one after the other, where there is one beside the list."""

    def concerns(self, user: User) -> bool:
        """Whether ``user`` can see the list, and do something about it."""
        sees: bool = user.has_perm(f"tracker.view_{self.model._meta.model_name}")
        return sees and (self.verb is None or may(user, self.verb))

    @property
    def address(self) -> str:
        """Where they are dealt with."""
        return reverse(f"admin:{self.page}") if self.page else self.list_address

    @property
    def list_address(self) -> str:
        """The list of exactly these rows."""
        return f"{reverse(f'admin:tracker_{self.model._meta.model_name}_changelist')}?{PARAMETER}={self.name}"


ENTRIES = (
    Question(
        "review",
        FollowUp,
        _("Submitted by others"),
        ngettext_lazy("%(number)d entry to review", "%(number)d entries to review", "number"),
        lambda rows, user: rows.waiting_for_review(by=user),
        Verb.PUBLISH,
        page="tracker_followup_review",
    ),
    Question(
        "returned",
        FollowUp,
        _("Returned to me"),
        ngettext_lazy("%(number)d entry returned to you", "%(number)d entries returned to you", "number"),
        lambda rows, user: rows.returned_to(user),
    ),
    Question(
        "drafts",
        FollowUp,
        _("Drafts of mine"),
        ngettext_lazy("%(number)d draft of yours", "%(number)d drafts of yours", "number"),
        lambda rows, user: rows.drafted_by(user),
    ),
    Question(
        "evidence",
        FollowUp,
        _("Evidence to be found"),
        ngettext_lazy(
            "%(number)d unpublished follow-up without evidence",
            "%(number)d unpublished follow-ups without evidence",
            "number",
        ),
        lambda rows, user: rows.lacking_evidence(),
    ),
)
RECOMMENDATIONS = (
    Question(
        "assessment",
        Recommendation,
        _("Follow-ups later than the assessment"),
        ngettext_lazy(
            "%(number)d recommendation with follow-ups later than its assessment, or none yet assessed",
            "%(number)d recommendations with follow-ups later than their assessment, or none yet assessed",
            "number",
        ),
        lambda rows, user: as_filed(rows.newer_than_assessment()),
        Verb.PUBLISH,
        filed=Filing.Scope.TO_ASSESS,
    ),
    Question(
        "responsibility",
        Recommendation,
        _("Nobody is responsible"),
        ngettext_lazy(
            "%(number)d recommendation nobody is responsible for",
            "%(number)d recommendations nobody is responsible for",
            "number",
        ),
        lambda rows, user: as_filed(rows.without_responsibility()),
        filed=Filing.Scope.ADDRESSED,
    ),
    Question(
        "translation",
        Recommendation,
        _("Not translated"),
        ngettext_lazy(
            "%(number)d recommendation not wholly translated",
            "%(number)d recommendations not wholly translated",
            "number",
        ),
        lambda rows, user: rows.untranslated(),
        filed=Filing.Scope.UNTRANSLATED,
        beside=lambda: Recommendation.objects.untranslated_drafts(),
        page="translations",
    ),
)
DIARY = (
    Question(
        "diary",
        DiaryNote,
        _("To come back to"),
        ngettext_lazy(
            "%(number)d note in the diary to come back to", "%(number)d notes in the diary to come back to", "number"
        ),
        lambda rows, user: rows.due(today()),
    ),
)
DOCUMENTS = (
    Question(
        "documents",
        DocumentImport,
        _("Being corrected"),
        ngettext_lazy(
            "%(number)d document of a Chair to correct", "%(number)d documents of Chairs to correct", "number"
        ),
        lambda rows, user: rows.being_corrected(),
    ),
)
QUESTIONS = (*ENTRIES, *RECOMMENDATIONS, *DIARY, *DOCUMENTS)


def waiting_for(user: User) -> Iterator[tuple[Question, str]]:
    """Yield each question to which the answer is not zero, with its number in words. One query for all of them."""
    asked = [question for question in QUESTIONS if question.concerns(user)]
    counts = [counted for question in asked for counted in _counted(question, user)]
    numbers: Counter[str] = Counter()
    for name, number in counts[0].union(*counts[1:], all=True) if counts else ():
        numbers[name] += number
    for question in asked:
        if numbers[question.name]:
            yield question, question.words % {"number": numbers[question.name]}


def _counted(question: Question, user: User) -> Iterator[QuerySet[Any, Any]]:
    """Yield queries of a question's name and a number, which add up. What is filed is counted where it is filed."""
    rows = [question.among(question.model._default_manager.order_by(), user)]
    if question.filed is not None:
        rows = [Filing.objects.under(question.filed, [0]), *([question.beside()] if question.beside else [])]
    for part in rows:
        named = part.annotate(question=Value(question.name)).values("question")
        yield named.annotate(number=Count("pk")).values_list("question", "number")


def forums_for(user: User) -> Sequence[Forum]:
    """Return the newest Forums, each with its first ``parts``, for those who may see them. Two queries."""
    if not user.has_perm("tracker.view_forum"):
        return []
    parts = Prefetch("roundtables", Roundtable.objects.select_related("forum")[:MOST_PARTS], to_attr="parts")
    return list(Forum.objects.order_by("-year").prefetch_related(parts)[:MOST_FORUMS])


def sheets_for(user: User) -> Sequence[Roundtable]:
    """Return the newest roundtables with recommendations to assess; ``to_assess`` says how many. Two queries."""
    if not may(user, Verb.PUBLISH):
        return []
    waiting = Recommendation.objects.newer_than_assessment().order_by("filings__place")
    numbers = Counter(waiting.values_list("roundtable", flat=True)[:MOST_LOOKED_AT])
    newest = dict(list(numbers.items())[:MOST_SHEETS])
    found = list(Roundtable.objects.filter(pk__in=newest).select_related("forum"))
    for part in found:
        part.to_assess = newest[part.pk]  # type: ignore[attr-defined]
    return found


class WaitingFilter(ChoiceFilter):
    """Narrows a list to what waits."""

    title = _("what waits")
    parameter_name = PARAMETER
    questions: ClassVar[Sequence[Question]]

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer the questions that concern whoever asks."""
        user: Any = request.user
        return [(question.name, question.label) for question in self.questions if question.concerns(user)]

    def narrowed(self, queryset: Any, chosen: str, request: HttpRequest) -> QuerySet[Any]:
        """Return the rows of a question."""
        user: Any = request.user
        return next(question for question in self.questions if question.name == chosen).among(queryset, user)


class WaitingEntries(WaitingFilter):
    """Narrows entries to what waits."""

    questions = ENTRIES


class WaitingRecommendations(WaitingFilter):
    """Narrows recommendations to what waits."""

    questions = RECOMMENDATIONS


class WaitingDocuments(WaitingFilter):
    """Narrows documents of Chairs to those that are being corrected."""

    questions = DOCUMENTS


class WaitingDiary(WaitingFilter):
    """Narrows the diary to what is due."""

    questions = DIARY
