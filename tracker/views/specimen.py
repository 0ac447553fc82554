"""A specimen that is read from right to left: what the style guide shows so that no part knows left and right."""

import datetime as dt
from typing import Any

from tracker.filters import Chip
from tracker.models import Forum, Milestone, Nature, Recommendation, Roundtable, Standing, Status, Told
from tracker.readings.reading import Reading
from tracker.sentences import FollowUps

DAY = dt.date(2013, 10, 4)
FORUM = Forum(pk=9, year=2010, host_city="بويرتو فالارتا", opens_on=DAY, closes_on=DAY)
TABLE = Roundtable(pk=9, forum=FORUM, code="RT2", number=2, title_en="التنقل البشري والتنمية البشرية")


def specimen() -> dict[str, Any]:
    """Return what the main parts of a page are given, in Arabic."""
    return {
        "answer": (
            "المائدة المستديرة 2: نُفِّذت التوصيات الأربع جزئياً. سُجِّلت عشرة إجراءات متابعة؛ "
            "لم يُشر أيٌّ منها إلى المنتدى؛ وآخرها من عام 2022."
        ),
        "caveat": "قراءة مؤقتة أعدّها هذا المشروع من مصادر علنية، ولم تُقرّها الرئاسة ولا أي حكومة.",
        "chips": [Chip("الحالة", "نُفِّذت جزئياً", "")],
        "readings": [_reading(Status.PARTIALLY_IMPLEMENTED, 4), _reading(Status.NO_INFORMATION, 0)],
        "milestones": [Milestone(pk=9, slug="hld-2013", date=DAY, title_en="الحوار الرفيع المستوى 2013")],
    }


def _reading(status: Status, follow_ups: int) -> Reading:
    recommendation = Recommendation(
        pk=90 + follow_ups,
        roundtable=TABLE,
        number=3,
        reference="GFMD-2010-RT2-03",
        nature=Nature.REQUEST,
        official_text="ينبغي للحكومات أن تنظر في قابلية نقل المعاشات التقاعدية وسائر الحقوق الاجتماعية.",
        official_language="ar",
        headline_en="قابلية نقل المعاشات التقاعدية والتأمين الصحي",
    )
    known = status is not Status.NO_INFORMATION
    return Reading(
        recommendation=recommendation,
        status=status,
        standing=Standing.PROVISIONAL if known else "",
        since="منذ مايو 2011" if known else "",
        remaining=Told("اتفاقات في مناطق أخرى؛ نماذج للرعاية الصحية." if known else ""),
        follow_ups=FollowUps(follow_ups, last="2022" if known else ""),
    )
