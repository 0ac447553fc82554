"""What is said around the facts of a report: headings, method, licence. The same on the page and on paper."""

from typing import Any

from django.utils.translation import gettext as _

from tracker.models import Status
from tracker.models.told import MARKS
from tracker.report.facts import Report
from tracker.sentences import listed, tracker_name


def wording(report: Report) -> dict[str, Any]:
    """Return headings and sentences by what they stand for, in the language of the page; lists hold paragraphs."""
    return {**_headings(report), **_sentences(report), "marks": {code: str(mark) for code, mark in MARKS.items()}}


def _headings(report: Report) -> dict[str, str]:
    occasion = report.compared.occasion if report.compared else ""
    return {
        "name": tracker_name(),
        "organisation": _("Global Forum on Migration and Development"),
        "title": _("Progress report: %(subject)s") % {"subject": report.subject},
        "as_of": _("As of %(day)s") % {"day": report.as_of},
        "chairs": _("Chair:"),
        "by_part": _("By roundtable"),
        "apart": _("Counted apart"),
        "changed": _("What changed since %(occasion)s") % {"occasion": occasion},
        "then": _("then"),
        "remains": _("What remains"),
        "lines": _("The recommendations, one by one"),
        "reference": _("Reference"),
        "headline": _("Headline"),
        # What stands between a label and what it names: French sets a space before it.
        "colon": _("%(label)s: %(value)s") % {"label": "", "value": ""},
        "words": _("Recommendation, in the official words"),
        "translation": _("Unofficial translation:"),
        "status": _("Status"),
        "statuses": _("What the statuses mean"),
        "sources": _("Sources"),
        "method": _("How we read the record"),
        "about": _("About this report"),
    }


def _sentences(report: Report) -> dict[str, Any]:
    about = report.about
    return {
        "remains_said": _("What remains is said of readings in progress or partly implemented."),
        "unassessed": _("Not yet assessed"),
        "sources_said": _("The follow-ups that count on that day, each with where it was found."),
        "no_source": _("no follow-up on record"),
        "none": _("None is on record yet."),
        "meanings": [{"status": status, "meaning": str(status.meaning)} for status in report.statuses],
        "method_said": _method(),
        "documents": _("Official words: %(source)s.") % {"source": listed(about.documents)} if about.documents else "",
        "read": _("%(address)s, as read on %(day)s (UTC)") % {"address": report.address, "day": about.read_on},
        "chain": _("The chain has %(number)s events. Its head:") % {"number": about.events},
        "licence": _(
            "Creative Commons Attribution 4.0 (CC BY 4.0): use it for anything, and say where it is from. The Chair's "
            "official words are quoted with their source. Readings are this project's own, provisional unless "
            "confirmed, and endorsed by nobody else."
        ),
        "informal": _(
            "The recommendations are informal and non-binding. An entry says that something was done on the subject of "
            "a recommendation; it does not say that it was done because of it, unless the source refers to the Forum, "
            "and then the entry says so."
        ),
    }


def _method() -> list[str]:
    """Return how a reading comes about, as the page of methodology says it."""
    return [
        _(
            "The status of a recommendation is the latest published reading of dated entries, each with its source. It "
            "is provisional until a body that may decide has confirmed it."
        ),
        _(
            "Reported: the body says it of itself; only it may claim a status for itself. Documented: found in a "
            "public source; it carries no status. Assessed: a reading of the whole recommendation, which names the "
            "entries it rests on and says what remains. They are never averaged."
        ),
        _(
            "A date is shown as exactly as it is known. What is known by its month or year counts from the last day of "
            "it. A recommendation counts from the closing day of its Forum."
        ),
        _(
            "The unit is a recommendation. The headline counts those of the roundtables; items about the Forum itself "
            "are counted apart and never added. “No information” and “Continuing” stand in every count. There are no "
            "rankings, and no percentages of a few."
        ),
    ]


def labels() -> dict[str, dict[str, str]]:
    """Return what a document calls each status, and by which mark it shows it."""
    return {status.value: {"label": str(status.label), "token": status.token} for status in Status}
