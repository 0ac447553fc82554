"""Each recommendation with its record."""

import datetime as dt
import re

import pytest

from tests import factories
from tests.reading import links, parts, words
from tracker import actions
from tracker.models import Actor, Evidence, FollowUp, Recommendation, Standing, Status
from tracker.record.chain import writing

pytestmark = pytest.mark.django_db
PAGE = "/recommendations/GFMD-2010-RT1-01/"


def test_a_page_without_record_says_so(client):
    factories.published_recommendation(sic="GMDF, for GFMD", source_locator="item 1")
    page = client.get(PAGE)
    assert parts(page, "p.answer") == ["RT1-01: nothing is on record; much may have been done."]
    assert "Nothing is on record yet. That does not mean that nothing was done." in words(page)
    assert "Governments should do thing 1 of RT1. [sic]" in words(page)
    assert "Official words, in English: Conclusions of the Chair, item 1. [sic]: GMDF, for GFMD." in words(page)
    assert '<blockquote lang="en"' in page.content.decode()


def test_official_words_have_unofficial_translations_and_a_nature_that_is_explained(client):
    factories.published_recommendation(
        nature="principle",
        official_language="fr",
        translation_en="It is so.",
        translation_fr="",
        translation_es="Es así.",
    )
    page = client.get(PAGE)
    assert parts(page, "figure.unofficial") == ["It is so. Unofficial translation"]
    assert parts(page, "details.translations") == ["Unofficial translations Spanish Es así."]
    assert re.findall(r'<q\s+lang="(..)"', page.content.decode()) == ["es"]
    assert "Nature Principle What should always be respected: it can be continuing, never implemented." in words(page)
    assert "Official words, in French" in words(page)


def test_a_recommendation_without_translations_offers_none(client):
    factories.published_recommendation()
    assert parts(client.get(PAGE), "details.translations") == []


@pytest.fixture
def three_kinds() -> None:
    """RT1-01 with what was found, what was reported and an assessment, in this order."""
    recommendation = factories.published_recommendation()
    mexico = factories.ActorFactory(name_en="Mexico")
    oiss = factories.ActorFactory(name_en="OISS", kind=Actor.Kind.REGIONAL_BODY)
    found = factories.published_entry(
        recommendation=recommendation,
        actor=oiss,
        partners=[mexico],
        title="A convention",
        body="In *force*.",
        occurred_from=dt.date(2011, 5, 1),
        relation=FollowUp.Relation.REFERS_TO_FORUM,
    )
    factories.published_report(
        recommendation=recommendation,
        actor=mexico,
        title="A law",
        status=Status.IN_PROGRESS,
        occurred_from=dt.date(2012, 1, 1),
        occurred_until=dt.date(2012, 12, 31),
        precision="year",
    )
    factories.published_assessment(
        recommendation=recommendation, occurred_from=dt.date(2013, 1, 1), rests_on=[found], remaining="Much."
    )


def test_a_timeline_tells_reported_documented_and_assessed_apart(client, three_kinds):
    page = client.get(PAGE)
    assert parts(page, "li.entry") == [
        (
            "1 January 2013 A1 Assessment, provisional Decides today's status: In progress Steps are on record. "
            "What remains Much. Rests on F1"
        ),
        (
            "2012 F2 Reported by the body itself Same subject; no reference to the Forum A law "
            "The body says of itself: In progress Mexico Parliament adopted a law."
        ),
        (
            "1 May 2011 F1 Found in a public source Refers to the Forum A convention OISS with Mexico In force. "
            "Official gazette, page 1 gazette.example.org · Page of the acting body"
        ),
    ]
    assert [len(parts(page, f"li.basis-{basis}")) for basis in ("assessed", "reported", "documented")] == [1, 1, 1]
    assert "<em>force</em>" in page.content.decode()
    assert parts(page, "p.answer") == [
        (
            "RT1-01: in progress since 1 January 2013 (provisional). What remains: Much. "
            "Two follow-ups are on record; one refers to the Forum; the last is from 2012."
        )
    ]


def test_everyones_part(client):
    recommendation = factories.published_recommendation()
    member = factories.ActorFactory(name_en="Member")
    named = factories.ActorFactory(name_en="Named")
    group = factories.CollectiveFactory(name_en="Group", members=[member])
    other = factories.ActorFactory(name_en="Other", kind=Actor.Kind.REGIONAL_BODY)
    factories.ResponsibilityFactory(recommendation=recommendation, actor=group)
    factories.ResponsibilityFactory(recommendation=recommendation, actor=named, addressed="inferred")
    factories.published_report(recommendation=recommendation, actor=named, status=Status.NOT_STARTED)
    factories.published_entry(recommendation=recommendation, actor=member)
    factories.published_entry(recommendation=recommendation, actor=other)
    assert parts(client.get(PAGE), "ul.people") == [
        (
            "Group Addressed by the text; one member has follow-ups "
            "Named Addressed in our reading; one follow-up says of itself: Not started F1 "
            "Member Addressed as a member of Group; one follow-up "
            "Other Also acting; one follow-up"
        )
    ]


def test_a_waived_second_pair_of_eyes_is_said_with_its_reason(client):
    entry = factories.ReportFactory(recommendation=factories.published_recommendation())
    actions.publish(entry, by=factories.AdministratorFactory(), waiver="Alone on <duty>")
    assert "Published without a second pair of eyes. Reason: Alone on <duty>" in words(client.get(PAGE))


def test_a_retracted_entry_folds_away_with_its_reason(client):
    entry = factories.published_entry(title="A mistake")
    actions.retract(entry, by=factories.ReviewerFactory(), reason="Wrong country.")
    page = client.get(PAGE)
    (said,) = parts(page, "li.state-retracted")
    assert "Reason: Wrong country." in said
    assert "A mistake" in parts(page, "details")[0]
    assert parts(page, "p.answer") == ["RT1-01: nothing is on record; much may have been done."]


def test_a_corrected_entry_names_its_successor(client):
    entry = factories.published_entry(title="First words")
    reviewer = factories.ReviewerFactory()
    replacement = actions.start_correction(entry, by=reviewer)
    replacement.title = "Better words"
    replacement.save()
    actions.correct(entry, by=reviewer, replacement=replacement, reason="A slip.")
    page = client.get(PAGE)
    old, new = parts(page, "li.state-retracted")[0], parts(page, "li.state-published")[0]
    assert "Corrected by F2" in old
    assert "Better words" in new
    assert "Corrects F1" in new


def test_a_withheld_entry_says_what_was_removed_when_and_why(client):
    entry = factories.published_entry(title="A private matter")
    actions.withhold(entry, by=factories.AdministratorFactory(), reason="A court said so.")
    page = client.get(PAGE)
    assert "A private matter" not in page.content.decode()
    (said,) = parts(page, "li.state-withheld")
    assert "The text and the evidence of this entry were removed on" in said
    assert "Reason: A court said so." in said


def test_an_act_on_several_pages_names_the_others(client):
    for _ in range(2):
        factories.published_entry(act="compact-2018")
    page = client.get(PAGE)
    assert "The same act is also logged on RT1-02 Thing 2 of RT1" in words(page)
    assert "/recommendations/GFMD-2010-RT1-02/#F1" in links(page)


def test_reiterations_and_themes_and_neighbours(client):
    first = factories.published_recommendation(themes=[factories.ThemeFactory(slug="return", name_en="Return")])
    later = factories.published_recommendation(headline_en="Said again")
    factories.ReiterationFactory(earlier=first, later=later)
    page = client.get(PAGE)
    assert "Themes Return" in words(page)
    assert "Reiterated later Said again" in words(page)
    assert "Next recommendation" in words(page)
    assert "Reiterates Thing 1 of RT1" in words(client.get(later.get_absolute_url()))


def test_a_past_day_hides_what_came_later(client):
    recommendation = factories.published_recommendation()
    factories.published_entry(recommendation=recommendation, title="Early", occurred_from=dt.date(2011, 1, 1))
    factories.published_entry(recommendation=recommendation, title="Late", occurred_from=dt.date(2015, 1, 1))
    page = client.get(f"{PAGE}?as_of=2013-10-04")
    assert parts(page, "p.answer")[0].startswith("RT1-01 on 4 October 2013: not yet assessed. One follow-up")
    assert "1 later entry is not shown on this day." in words(page)
    assert parts(page, "li.entry")[0].count("Early") == 1
    assert "Late" not in words(page)
    assert client.get(f"{PAGE}?as_of=2010-01-01").status_code == 400


def test_a_confirmed_reading_has_no_provisional_notice(client):
    entry = factories.published_entry()
    factories.published_assessment(
        recommendation=entry.recommendation,
        occurred_from=entry.counts_from,
        standing=Standing.CONFIRMED,
        evidence=1,
    )
    page = client.get(PAGE)
    assert "(confirmed)" in parts(page, "p.answer")[0]
    assert "Not endorsed" not in words(page)


def test_markup_in_an_entry_is_no_markup(client):
    factories.published_entry(
        title="<b>Bold</b>",
        body="<script>alert(1)</script> [go](javascript:alert(1)) ![x](https://x.example.org/x.png) <p onclick=a()>",
    )
    html = client.get(PAGE).content.decode()
    for trick in ("<script>", 'javascript:alert(1)"', "<img", "<p onclick", "<h1>No", "<b>Bold"):
        assert trick not in html
    assert "&lt;b&gt;Bold&lt;/b&gt;" in html


def test_a_withdrawn_recommendation_has_a_page_that_says_so(client):
    kept = factories.published_recommendation()
    gone = factories.published_recommendation()
    actions.withdraw_recommendation(gone, by=factories.AdministratorFactory(), reason="Read twice.", merged_into=kept)
    page = client.get(gone.get_absolute_url())
    assert page.status_code == 200
    assert parts(page, "p.answer")[0].endswith("and no longer counts. Reason: Read twice.")
    assert PAGE in links(page)


def test_a_draft_has_no_page_anywhere(client):
    draft = factories.RecommendationFactory()
    addresses = [draft.get_absolute_url(), f"/recommendations/{draft.reference.lower()}/"]
    factories.ReferenceAliasFactory(reference="OLD-1", recommendation=draft)
    entry = factories.FollowUpFactory()
    for address in [*addresses, "/recommendations/OLD-1/", f"/entries/{entry.pk}/", "/entries/None/"]:
        assert client.get(address).status_code == 404


def test_other_letters_and_old_references_lead_to_the_present_one(client):
    factories.ReferenceAliasFactory(reference="OLD-1", recommendation=factories.published_recommendation())
    for reference in ("gfmd-2010-rt1-01", "OLD-1", "old-1"):
        moved = client.get(f"/recommendations/{reference}/?as_of=2013-10-04")
        assert (moved.status_code, moved.headers["Location"]) == (301, f"{PAGE}?as_of=2013-10-04")


def test_an_entry_has_a_permalink(client):
    entry = factories.published_entry()
    found = client.get(entry.get_absolute_url())
    assert (found.status_code, found.headers["Location"]) == (302, f"{PAGE}#F1")
    assert client.get(entry.get_absolute_url().lower()).headers["Location"] == entry.get_absolute_url()
    assert client.get("/entries/GFMD-2010-RT1-01-F9/").status_code == 404


@pytest.mark.parametrize("number", [1, 12])
def test_a_recommendation_takes_eight_queries_whatever_the_size(client, number, django_assert_num_queries):
    recommendation = factories.published_recommendation()
    other = factories.published_recommendation()
    with writing():
        for place in range(number):
            actor = factories.ActorFactory()
            entry = factories.published_entry(
                recommendation=recommendation, actor=actor, partners=[factories.ActorFactory()], act=f"act-{place}"
            )
            factories.published_entry(recommendation=other, act=f"act-{place}")
            factories.ResponsibilityFactory(recommendation=recommendation, actor=actor)
            factories.published_assessment(
                recommendation=recommendation, occurred_from=entry.counts_from, rests_on=[entry], evidence=1
            )
    factories.MilestoneFactory(slug="hld-2013")
    for address in (PAGE, f"{PAGE}?as_of=hld-2013"):
        with django_assert_num_queries(8):
            assert client.get(address).status_code == 200
    assert Recommendation.objects.count() == 2
    assert Evidence.objects.count() >= 2 * number
