"""The questions that people ask of the 2010 Forum are answered one click from the start page, on the real record."""

import pytest

from tests.reading import links, parts, words
from tests.real_record import load_real_record

pytestmark = pytest.mark.django_db

RT = "/forums/2010/roundtables/"
# Where a link of the start page leads, and what is read there.
ANSWERS = {
    "Where does Roundtable 1 stand?": (f"{RT}rt1/", ["Roundtable 1: of 6 recommendations, 2 are implemented"]),
    "Where does Roundtable 2 stand?": (f"{RT}rt2/", ["Roundtable 2: all 4 recommendations are partly implemented"]),
    "Where does Roundtable 3 stand?": (f"{RT}rt3/", ["Roundtable 3: of 3 recommendations, 2 are partly implemented"]),
    "Where did they stand at the 2013 Dialogue?": (
        "/milestones/hld-2013/",
        [
            "On 4 October 2013, of 13 recommendations, 2 are implemented, 2 are partly implemented, 7 are in progress",
            "Roundtable 1 Partnerships for Migration and Development 2 Implemented",
            "Roundtable 2 Human Mobility and Human Development 1 Partly implemented",
            "Roundtable 3 Policy and institutional coherence",
        ],
    ),
    "What remains for RT2-03?": (
        f"{RT}rt2/",
        ["What remains Agreements beyond some regions; cost-effective models of health care."],
    ),
    "What was the GMG asked, and what did it do?": (
        "/actors/gmg/",
        [
            "three of the 13 recommendations address it; of the 5 items about the Forum itself, two do",
            "What it is asked RT1-02 2010 Dissemination of knowledge",
            "What was found of it March 2018",
            "International Labour Organization 1 follow-up · member until 2018",
        ],
    ),
    "What was civil society asked?": (
        "/actors/civil-society/",
        ["one of the 13 recommendations addresses it", "What it is asked RT1-02 2010 Dissemination of knowledge"],
    ),
    "What is said on irregular migration?": (
        "/themes/irregular-migration/",
        ["regardless of their immigration status, is an absolute principle", "RT1-03 2010", "RT1-06 2010"],
    ),
    "What changed most recently?": (
        "/updates/",
        ["are on record; the newest entry was published on", "All entries, newest publication first"],
    ),
    "How sure are we?": (
        "/methodology/",
        ["It is provisional until a body that may decide has confirmed it.", "Three things kept apart"],
    ),
    "How is it cited?": (
        "/about/#cite",
        ["GFMD recommendation tracker: what became of the recommendations of the Global Forum on Migration", " UTC, "],
    ),
}


@pytest.mark.django_db(transaction=True)
def test_each_question_is_answered_one_click_from_the_start_page(client):
    load_real_record()
    start = client.get("/")
    leading = set(links(start))
    for question, (address, said) in ANSWERS.items():
        assert address in leading, question
        found = words(client.get(address.split("#")[0]))
        assert [sentence for sentence in said if sentence not in found] == [], question
    assert "Latest follow-ups 23 January 2024" in words(start)
    assert "All readings are provisional." in parts(start, "p.answer")[0]
