"""The other pages: overview, Forums, actors, themes, milestones, updates, words, files."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.urls import get_resolver

from tests import factories
from tests.reading import links, parts, words
from tracker import actions
from tracker.models import Actor, Evidence, ForumFigure, Status
from tracker.record.chain import writing
from tracker.views.actor_list import HEADINGS

pytestmark = pytest.mark.django_db


def implemented(recommendation=None, **draft):
    """Publish a follow-up and the assessment that what it is logged on is implemented."""
    entry = factories.published_entry(**({"recommendation": recommendation} if recommendation else {}), **draft)
    factories.published_assessment(
        recommendation=entry.recommendation,
        status=Status.IMPLEMENTED,
        occurred_from=entry.counts_from,
        rests_on=[entry],
    )
    return entry


# Overview


def test_overview_counts_roundtables_and_keeps_the_closing_part_apart(client):
    implemented(factories.published_recommendation())
    implemented(factories.published_recommendation(roundtable=factories.ClosingPartFactory()))
    page = client.get("/")
    assert parts(page, "p.answer") == [
        (
            "City 2010 2010: the one recommendation is implemented. One item about the Forum itself is counted apart. "
            "The reading is provisional."
        )
    ]
    assert parts(page, "ul.legend")[0] == "1 Implemented 0 No information"
    assert [heading for heading in parts(page, "h3") if heading.startswith(("Roundtable", "Counted"))] == [
        "Roundtable 1 Subject of RT1",
        "Counted apart The future of the Forum and the agenda",
    ]


def test_overview_shows_the_latest_follow_ups_by_their_date(client):
    for year in (2012, 2015, 2011, 2014, 2013, 2016):
        factories.published_entry(title=f"Of {year}", occurred_from=dt.date(year, 1, 1))
    assert [words for words in parts(client.get("/"), "h3") if words.startswith("Of ")] == [
        "Of 2016",
        "Of 2015",
        "Of 2014",
        "Of 2013",
        "Of 2012",
    ]


def test_overview_leads_to_whom_is_asked_and_what_it_is_about(client):
    theme = factories.ThemeFactory(slug="return", name_en="Return")
    factories.ThemeFactory(slug="idle", name_en="Idle")
    asked = [factories.published_recommendation(themes=[theme]) for _ in range(2)]
    draft = factories.RecommendationFactory(themes=[theme])
    group = factories.CollectiveFactory(slug="group", name_en="Zebras")
    body = factories.ActorFactory(slug="body", name_en="A body", kind=Actor.Kind.UN_BODY)
    state = factories.ActorFactory(slug="state", name_en="A State", kind=Actor.Kind.GOVERNMENT)
    for actor, recommendations in ((group, asked), (body, asked[:1]), (state, asked), (body, [draft])):
        for recommendation in recommendations:
            factories.ResponsibilityFactory(recommendation=recommendation, actor=actor)
    page = client.get("/")
    assert parts(page, "ul.actors") == ["A body 1 recommendation Zebras 2 recommendations", "Return 2 recommendations"]
    assert {"/actors/body/", "/actors/group/", "/themes/return/"} <= set(links(page))
    assert not {"/actors/state/", "/themes/idle/"} & set(links(page))


def test_overview_shows_the_latest_readings(client):
    implemented(factories.published_recommendation(headline_en="Older"), occurred_from=dt.date(2012, 1, 1))
    implemented(factories.published_recommendation(headline_en="Newer"), occurred_from=dt.date(2014, 1, 1))
    read = [line for line in parts(client.get("/"), "li.line") if "Assessment, provisional" in line]
    assert [line.split(" Assessment")[0] for line in read] == ["1 January 2014", "1 January 2012"]
    assert [("Newer" in line, "Implemented" in line) for line in read] == [(True, True), (False, True)]


def test_overview_of_an_empty_record(client):
    page = client.get("/")
    assert page.status_code == 200
    assert parts(page, "p.answer") == ["No recommendation is on record yet."]


@pytest.mark.parametrize("number", [1, 12])
def test_overview_takes_eight_queries_whatever_the_size(client, number, django_assert_num_queries):
    forums = [factories.ForumFactory() for _ in range(min(number, 10))]
    with writing():
        for place in range(number):
            table = factories.RoundtableFactory(forum=forums[place % 10])
            entry = factories.published_entry(
                recommendation=factories.published_recommendation(roundtable=table, themes=[factories.ThemeFactory()])
            )
            factories.published_assessment(recommendation=entry.recommendation, occurred_from=entry.counts_from)
            factories.ResponsibilityFactory(recommendation=entry.recommendation, actor=factories.CollectiveFactory())
            factories.MilestoneFactory(date=dt.date(2015, 1, 1) + dt.timedelta(days=place))
    with django_assert_num_queries(8):
        assert client.get("/").status_code == 200


# Forums


def test_forums_say_which_are_on_record(client):
    factories.published_recommendation()
    factories.ForumFactory(year=2011, host_city="Geneva")
    page = client.get("/forums/")
    assert parts(page, "p.answer") == [
        "Two Forums have been held since 2010. The recommendations of City 2010 2010 are on record, one by one."
    ]
    assert parts(page, "h3") == ["Geneva", "City 2010"]
    assert words(page).count("Recommendations not recorded yet") == 1


def test_a_forum_without_recommendations_says_so(client):
    factories.ForumFactory(year=2011, host_city="Geneva")
    page = client.get("/forums/2011/")
    assert parts(page, "p.answer") == ["No recommendations of Geneva 2011 are recorded here yet."]


def test_a_reported_theme_is_a_fact_of_its_forum(client):
    forum = factories.ForumFactory(year=2011, host_city="Geneva")
    factories.ReportedThemeFactory(forum=forum, title="Care work")
    page = client.get("/forums/2011/")
    assert parts(page, "p.answer")[0].endswith("One roundtable theme is reported.")
    assert "Care work" in words(page)
    assert client.get("/forums/2011/roundtables/rt1/").status_code == 404


def test_both_values_of_a_figure_are_shown_where_sources_differ(client):
    forum = factories.usual_forum()
    factories.ForumFigureFactory(forum=forum, kind=ForumFigure.Kind.OBSERVERS, value=39, citation="The Chair")
    factories.ForumFigureFactory(forum=forum, kind=ForumFigure.Kind.OBSERVERS, value=38, citation="The web page")
    factories.ForumFigureFactory(
        forum=forum, kind=ForumFigure.Kind.CONTRIBUTIONS, value=800_000, qualifier=ForumFigure.Qualifier.MORE_THAN
    )
    said = words(client.get("/forums/2010/"))
    assert "Observers 39 The Chair 38 The web page The sources differ; both are shown." in said
    assert "more than 800,000" in said
    assert said.count("The sources differ") == 1


def test_conclusions_stand_by_section_and_say_what_is_not_tracked(client):
    tracked = factories.published_recommendation()
    factories.ConclusionFactory(section="Future", text_en="Go on.", tracked_as=tracked)
    factories.ConclusionFactory(section="Future", text_en="It went well.", untracked_reason="Nobody is asked.")
    page = client.get("/forums/2010/")
    assert parts(page, "details")[0] == ("Future Go on. tracked as RT1-01 It went well. Not tracked: Nobody is asked.")


@pytest.mark.parametrize("address", ["/forums/1999/", "/forums/99999/", "/forums/20１0/", "/forums/x/"])
def test_a_forum_that_was_not_held_is_not_found(client, address):
    assert client.get(address).status_code == 404


# Actors


def test_actors_are_listed_by_kind_and_name_those_on_record_first(client):
    factories.published_entry(actor=factories.ActorFactory(name_en="Zambia"))
    factories.published_entry(actor=factories.ActorFactory(name_en="Ålesund"))
    factories.ActorFactory(name_en="Quiet")
    page = client.get("/actors/")
    assert parts(page, "p.answer") == [
        "Of 3 actors, 2 have follow-ups on record; none is addressed by recommendations, by name or in our reading."
    ]
    assert parts(page, "ul.actors") == ["Ålesund 1 follow-up Zambia 1 follow-up", "Quiet"]


def test_an_actors_page_says_what_is_asked_and_done(client):
    body = factories.ActorFactory(slug="body", name_en="Body")
    group = factories.CollectiveFactory(slug="group", name_en="Group")
    factories.MembershipFactory(collective=group, member=body, since_year=2010, until_year=2018)
    asked = factories.published_recommendation()
    factories.ResponsibilityFactory(recommendation=asked, actor=body)
    factories.ResponsibilityFactory(recommendation=asked, actor=group)
    factories.published_report(recommendation=asked, actor=body, title="We did it")
    factories.published_entry(recommendation=asked, partners=[body], title="They did it")
    page = client.get("/actors/body/")
    assert parts(page, "p.answer") == [
        (
            "Body: the one recommendation addresses it. It is also addressed as a member of: Group. "
            "Two follow-ups are on record; none refers to the Forum; the last is from 12 November 2010. "
            "In one of them it is named as a partner. One was reported by the body itself."
        )
    ]
    assert [title for title in parts(page, "h3") if "did" in title] == ["We did it", "They did it"]
    assert [title for title in parts(page, "h2") if title.startswith("What")] == [
        "What it is asked",
        "What it reported of itself",
        "What was found of it",
    ]
    assert "member 2010 to 2018 · 1 recommendation addresses it" in words(page)
    assert "Body 1 follow-up · member 2010 to 2018" in words(client.get("/actors/group/"))


def test_what_is_known_of_an_actor_stands_at_the_end_of_its_page(client):
    later = factories.ActorFactory(slug="later", name_en="Later", active_from=2018)
    earlier = factories.CollectiveFactory(
        slug="earlier", name_en="Earlier", active_from=2006, active_until=2018, succeeded_by=later
    )
    factories.ForumFactory(year=2011, host_city="Geneva", chairs=[later])
    assert parts(client.get("/actors/earlier/"), "dl.facts") == ["Active 2006 to 2018 Succeeded by Later"]
    page = client.get("/actors/later/")
    assert parts(page, "dl.facts") == ["Active since 2018 Chaired Geneva 2011 Succeeds Earlier"]
    assert {earlier.get_absolute_url(), "/forums/2011/"} <= set(links(page))


def test_other_letters_lead_to_the_actor(client):
    factories.ActorFactory(slug="iom")
    moved = client.get("/actors/IOM/?page=1")
    assert (moved.status_code, moved.headers["Location"]) == (301, "/actors/iom/?page=1")


@pytest.mark.parametrize("number", [1, 12])
def test_actors_take_the_same_queries_whatever_the_size(client, number, django_assert_num_queries):
    body = factories.ActorFactory(slug="body")
    with writing():
        for _ in range(number):
            entry = factories.published_entry(actor=body)
            factories.ResponsibilityFactory(recommendation=entry.recommendation, actor=body)
            factories.CollectiveFactory(members=[body])
            factories.MembershipFactory(collective=body, member=factories.ActorFactory())
            factories.MembershipFactory(collective=factories.CollectiveFactory(), member=factories.ActorFactory())
            factories.ActorFactory(succeeded_by=body)
    with django_assert_num_queries(3):
        assert client.get("/actors/").status_code == 200
    with django_assert_num_queries(14):
        assert client.get("/actors/body/").status_code == 200


# Themes, milestones, updates


def test_a_theme_gathers_its_recommendations(client):
    theme = factories.ThemeFactory(slug="return", name_en="Return")
    implemented(factories.published_recommendation(themes=[theme]))
    factories.published_recommendation()
    page = client.get("/themes/return/")
    assert parts(page, "p.answer") == ["Return: the one recommendation is implemented. The reading is provisional."]
    assert len(parts(page, "li.rec")) == 1


def test_a_milestone_says_where_everything_stood(client):
    factories.MilestoneFactory(slug="hld-2013", date=dt.date(2013, 10, 4), title_en="Dialogue")
    implemented(occurred_from=dt.date(2013, 10, 5))
    entry = factories.published_entry(occurred_from=dt.date(2013, 10, 4))
    factories.published_assessment(recommendation=entry.recommendation, occurred_from=dt.date(2013, 10, 4))
    page = client.get("/milestones/hld-2013/")
    assert parts(page, "p.answer") == [
        (
            "On 4 October 2013, of 2 recommendations, 1 is in progress and 1 has no reading yet. "
            "The reading is provisional."
        )
    ]
    assert "Reconstructed in" in words(page)
    assert "/forums/2010/roundtables/rt1/?as_of=hld-2013" in links(page)


def test_a_milestone_ahead_or_before_everything(client):
    factories.published_recommendation()
    factories.MilestoneFactory(slug="ahead", date=dt.date(2999, 1, 1))
    factories.MilestoneFactory(slug="early", date=dt.date(2009, 1, 1))
    assert parts(client.get("/milestones/ahead/"), "p.answer")[0].startswith("1 January 2999 lies ahead")
    assert "had been made" in parts(client.get("/milestones/early/"), "p.answer")[0]


def test_updates_show_everything_once_published_newest_first(client):
    kept = factories.published_entry(title="Kept")
    factories.published_assessment(recommendation=kept.recommendation, occurred_from=kept.counts_from)
    gone = factories.published_entry(title="Gone")
    actions.retract(gone, by=factories.ReviewerFactory(), reason="Wrong.")
    hidden = factories.published_entry(title="Hidden")
    actions.withhold(hidden, by=factories.AdministratorFactory(), reason="A court.")
    factories.FollowUpFactory(title="Draft")
    page = client.get("/updates/")
    assert parts(page, "p.answer")[0].startswith("One follow-up and one assessment are on record;")
    assert parts(page, "h3") == ["Content removed", "Gone", "Thing 1 of RT1", "Kept"]
    assert "Retracted" in parts(page, "li.state-retracted")[0]
    assert "Withheld" in parts(page, "li.state-withheld")[0]


@pytest.mark.parametrize("number", [1, 60])
def test_updates_take_five_queries_whatever_the_size(client, number, django_assert_num_queries):
    with writing():
        for _ in range(number):
            factories.published_entry()
    with django_assert_num_queries(5):
        assert client.get("/updates/").status_code == 200


# Words


def test_methodology_explains_every_status_in_its_own_words(client):
    said = words(client.get("/methodology/"))
    for status in Status:
        assert f"{status.label} {status.meaning}" in said


@pytest.mark.parametrize("address", ["/about/", "/accessibility/"])
def test_whom_to_write_to(client, address, settings):
    settings.CONTACT_EMAIL = "desk@example.org"
    assert "mailto:desk@example.org" in links(client.get(address))


# Files


@pytest.fixture
def evidence(tmp_path, settings):
    """A published entry's evidence with a file whose sender named it to do harm."""
    settings.MEDIA_ROOT = tmp_path
    draft = factories.FollowUpFactory(evidence=0)
    row = Evidence.objects.create(
        entry=draft, citation="A letter", file=ContentFile(b"%PDF-1.7", "..\\..\\law <b>.pdf")
    )
    actions.publish(draft, by=factories.system_account())
    return row


def test_a_file_is_saved_never_shown(client, evidence):
    response = client.get(f"/files/evidence/{evidence.pk}/")
    assert b"".join(response.streaming_content) == b"%PDF-1.7"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "ETag" not in response.headers
    assert f"/files/evidence/{evidence.pk}/" in links(client.get("/recommendations/GFMD-2010-RT1-01/"))


def test_a_file_of_a_draft_or_without_bytes_is_not_found(client, evidence):
    draft = factories.FollowUpFactory(evidence=0)
    row = Evidence.objects.create(entry=draft, file=ContentFile(b"%PDF-1.7", "draft.pdf"))
    evidence.file.storage.delete(evidence.file.name)
    for key in (row.pk, evidence.pk, 10**30, 0):
        assert client.get(f"/files/evidence/{key}/").status_code == 404


# All pages


def test_every_public_page_registers_its_parameters():
    in_languages, *others = get_resolver().url_patterns
    public_patterns = [*in_languages.url_patterns, *others]
    known = {
        pattern.name: sorted(pattern.callback.parameters)
        for pattern in public_patterns
        if hasattr(getattr(pattern, "callback", None), "parameters")
    }
    filters = (
        "q forum roundtable track status standing nature actor kind theme relation "
        "last_followup_before last_followup_since as_of"
    ).split()
    asked, report = [*filters, "day", "sort", "page", "cursor"], ["as_of", "day", "forum", "roundtable"]
    of_a_day = "cite_bibtex cite_ris cite_csl cite_record_bibtex cite_record_ris cite_record_csl "
    of_a_day += "roundtable_picture recommendation_picture roundtable_embed roundtable_drawing"
    assert {name: names for name, names in known.items() if names} == {
        **{name: ["as_of"] for name in of_a_day.split()},
        "roundtable": ["as_of", "day", "item", "since", "view"],
        "recommendation": ["as_of", "day", "page"],
        "recommendation_file": ["as_of", "header", "page"],
        "recommendations": sorted(asked),
        "recommendations_file": sorted([*asked, "header"]),
        "recommendations_feed": sorted(filters),
        "forums": ["cursor", "page"],
        "actor": ["page"],
        "theme": ["page"],
        "actors": ["cursor", "page", "q"],
        "actors_file": ["cursor", "header", "page", "q"],
        "updates": ["cursor", "page", "q"],
        "updates_file": ["cursor", "header", "page", "q"],
        "updates_feed": ["q"],
        "report": report,
        "report_pdf": report,
        "oembed": ["format", "maxheight", "maxwidth", "url"],
    }


def test_pages_name_no_kind_of_actor_without_a_heading():
    assert set(HEADINGS) == set(Actor.Kind)
