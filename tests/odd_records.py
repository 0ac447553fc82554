"""Records that strain a page: texts that are long, unbroken or foreign, very many rows, none, nothing left to read."""

import datetime as dt

from tests import factories
from tracker import actions
from tracker.models import Actor, Evidence, FollowUp, Forum, Recommendation, Roundtable, Status
from tracker.record.chain import writing

LONG_WORD = "Arbeitskräfteanwerbungsvermittlungsvereinbarungsverhandlung"[:60].ljust(60, "s")
SENTENCE = "Governments should consider what each of them can do, alone and with others, and say so in time. "
LONG_TEXT = (SENTENCE * 100)[:7999] + "."
ARABIC = "ينبغي للحكومات أن تنظر في إمكانية نقل المعاشات التقاعدية والتأمين الصحي (GFMD 2010) للعمال المهاجرين."
CHINESE = "各国政府应考虑养老金和医疗保险的可携性,并与雇主、工会和民间社会合作,保护移徙工人及其家庭成员的权利。" * 3
MIXED = f"The minister said: “{ARABIC}” The text continues in English, and in Chinese: {CHINESE}"
WIDE_ADDRESS = "https://www.example.org/" + "long-path-without-a-break" * 16
REASON = f"A person is named. {LONG_WORD}"


def foreign() -> Recommendation:
    """Return a recommendation on whose page every text is long, unbroken, Arabic or Chinese."""
    actor = factories.ActorFactory(slug="foreign", name_en=f"وزارة العمل {LONG_WORD}", kind=Actor.Kind.GOVERNMENT)
    partners = [factories.ActorFactory(slug="other", name_en="国际劳工组织"), factories.ActorFactory(name_en=LONG_WORD)]
    found = factories.published_recommendation(
        official_text=LONG_TEXT,
        headline_en=f"{LONG_WORD} ينبغي",
        source_document=f"Conclusions {LONG_WORD}",
        sic=LONG_WORD,
        addressed=[actor],
        themes=[factories.ThemeFactory(slug="foreign", name_en=f"{LONG_WORD} مواضيع")],
    )
    for title, body in ((ARABIC[:100], ARABIC), (CHINESE[:100], CHINESE), (LONG_WORD, LONG_TEXT), ("Mixed", MIXED)):
        entry = factories.FollowUpFactory(
            recommendation=found, actor=actor, partners=partners, title=title, body=body, evidence=0
        )
        factories.EvidenceFactory(entry=entry, citation=f"{ARABIC} {LONG_WORD}", url=WIDE_ADDRESS)
        factories.EvidenceFactory(entry=entry, citation="", url=WIDE_ADDRESS, quality=Evidence.Quality.PRESS)
        actions.publish(entry, by=factories.system_account())
    factories.published_assessment(
        recommendation=found, body=f"{CHINESE}\n\n{LONG_WORD}", remaining=ARABIC + LONG_WORD, rests_on=[entry]
    )
    return found


def long_record(number: int) -> tuple[Recommendation, Actor]:
    """Return a recommendation with so many entries, each a day later than the one before, and the actor of them all."""
    found, actor = factories.published_recommendation(), factories.ActorFactory(slug="busy", name_en="Busy body")
    first = found.roundtable.forum.closes_on
    for place in range(1, number + 1):
        day = first + dt.timedelta(days=place)
        factories.published_entry(recommendation=found, actor=actor, title=f"Step {place}", occurred_from=day)
    return found, actor


def long_roundtable(number: int) -> Roundtable:
    """Return a roundtable with so many recommendations: each second one assessed, the statuses by turns."""
    table = factories.usual_roundtable()
    statuses = [Status.IN_PROGRESS, Status.PARTIALLY_IMPLEMENTED, Status.NOT_PURSUED]
    with writing():
        for place in range(number):
            found = factories.published_recommendation(roundtable=table, official_text=SENTENCE.strip())
            if place % 2:
                status = statuses[place // 2 % len(statuses)]
                entry = factories.published_entry(recommendation=found)
                factories.published_assessment(recommendation=found, status=status, rests_on=[entry], evidence=1)
    return table


def bare_forum() -> Forum:
    """Return a Forum of which nothing is known but when it was held."""
    return factories.ForumFactory(year=2031, host_city="")


def withheld_record(number: int) -> Recommendation:
    """Return a recommendation all of whose entries were withheld."""
    found, administrator = factories.published_recommendation(), factories.AdministratorFactory()
    with writing():
        for _ in range(number):
            entry: FollowUp = factories.published_entry(recommendation=found)
            actions.withhold(entry, by=administrator, reason=REASON)
    return found
