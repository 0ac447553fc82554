"""The rules by which lines become parts, one by one."""

import pytest

from tracker.imports.document import read_document
from tracker.imports.document.headings import announces, announces_in_a_sentence, is_closing, roundtable_heading
from tracker.imports.document.outline import Outline

HEAD = "Conclusions of the 2052 GFMD Chair\n\nRoundtable 1: Words\n\nRecommendations\n\n"


def read(text: str, head: str = HEAD) -> Outline:
    return read_document((head + text).encode(), "")


def texts(outline: Outline) -> list[str]:
    return [one.text for one in outline.recommendations]


@pytest.mark.parametrize(
    ("heading", "number", "title"),
    [
        ("Roundtable 1. Partnerships", (1,), "Partnerships"),
        ("RT 1 – Partnerships", (1,), "Partnerships"),
        ("ROUNDTABLE 2: PARTNERSHIPS", (2,), "PARTNERSHIPS"),
        ("Session 1.1", (1, 1), ""),
        ("Cluster II", (2,), ""),
        ("3. Round Table Three", (3,), ""),
        ("Table ronde n° 2", (2,), ""),
        ("Mesa redonda 1", (1,), ""),
        ("Mesa redonda n.º 4 – Ciudades", (4,), "Ciudades"),
        ("Deuxième table ronde : « La santé »", (2,), "La santé"),
        ("Primera Mesa Redonda", (1,), ""),
        ("Working Group B: Cities", (2,), "Cities"),
        ("Round-table no. 12 (Cities)", (12,), "(Cities)"),
    ],
)
def test_heading_of_a_roundtable(heading: str, number: tuple[int, ...], title: str) -> None:
    found = roundtable_heading(heading)
    assert found is not None
    assert (found.number, found.title) == (number, title)


@pytest.mark.parametrize(
    "sentence",
    [
        "Roundtable 1 discussed fees.",
        "Session 3 of the Forum was held in Geneva.",
        "Rt Hon. Members spoke",
        "A round table on fees",
        "Panel 50% women",
        "Roundtables were prepared by 20 governments.",
    ],
)
def test_sentence_is_no_heading_of_a_roundtable(sentence: str) -> None:
    assert roundtable_heading(sentence) is None


@pytest.mark.parametrize(
    "heading",
    [
        *("Main recommendations:", "Key outcomes", "Recommendations and follow-up", "Principales recommandations"),
        *(
            "Recomendaciones principales",
            "B. POLICY RECOMMENDATIONS",
            "Conclusions and Recommendations",
            "Action points",
        ),
        *("Recommandations et suites à donner", "Líneas de acción", "Recommendations of Roundtable 2"),
    ],
)
def test_heading_of_recommendations(heading: str) -> None:
    assert announces(heading.removeprefix("B. "))


@pytest.mark.parametrize(
    "heading",
    [
        "Implementation of previous recommendations",
        "Discussion",
        "Conclusions",
        "Recommendations were made.",
        "",
        "GFMD",
    ],
)
def test_other_headings_announce_nothing(heading: str) -> None:
    assert not announces(heading)


def test_sentence_that_leads_to_recommendations() -> None:
    assert announces_in_a_sentence("The roundtable recommended that:")
    assert announces_in_a_sentence("Les participants ont recommandé aux gouvernements :")
    assert not announces_in_a_sentence("They met in:")


def test_closing_parts() -> None:
    assert is_closing("The future of the GFMD")
    assert is_closing("Prochaines étapes")
    assert not is_closing("Civil Society")


def test_recommendations_outside_a_roundtable_are_statements() -> None:
    outline = read("- Do more.", "Conclusions of the 2052 GFMD Chair\n\nRecommendations\n\n")
    assert (texts(outline), [one.text for one in outline.statements]) == ([], ["Do more."])
    assert "stands outside the roundtables" in str([doubt.sentence for doubt in outline.warnings])


def test_divided_word_is_healed_and_a_compound_keeps_its_hyphen() -> None:
    outline = read("- Governments should fund reinte-\n  gration and cost-\n  effective, and long-\n  term plans.\n")
    assert texts(outline) == ["Governments should fund reintegration and cost-effective, and long-term plans."]
    assert outline.recommendations[0].notes == ("“reintegration” was divided at the end of a line.",)


def test_number_that_is_left_out_is_a_doubt_with_its_line() -> None:
    outline = read("1. Do this.\n2. Do that.\n4. Do more.\n")
    assert [(doubt.line, doubt.sentence) for doubt in outline.warnings] == [
        (9, "After number 2 comes 4: was one left out?")
    ]
    assert outline.recommendations[2].notes == ("The document numbers it 4.",)


def test_whom_a_heading_above_names_is_noted() -> None:
    outline = read("To civil society:\n\n- Train advisers.\n")
    assert outline.recommendations[0].context == "To civil society"


def test_sentence_below_a_list_is_kept_as_a_statement_with_a_doubt() -> None:
    outline = read("- Do this.\n\nAll of this was agreed by consensus.\n\n")
    assert texts(outline) == ["Do this."]
    assert [one.text for one in outline.statements] == ["All of this was agreed by consensus."]
    assert outline.warnings[0].line == 9


def test_title_again_on_later_pages_is_dropped() -> None:
    outline = read("- Do this.\n\nConclusions of the 2052 GFMD Chair\n")
    assert (texts(outline), outline.statements) == (["Do this."], ())


def test_list_of_contents_gives_no_second_roundtable() -> None:
    contents = "Conclusions of the 2052 GFMD Chair\n\nRoundtable 1: Words ........ 3\nRoundtable 2: Deeds ..... 4\n\n"
    outline = read("- Do this.\n", contents + HEAD.split("\n\n", 1)[1])
    assert [(part.code, part.title) for part in outline.roundtables] == [("RT1", "Words")]


def test_sessions_of_a_roundtable_are_parts_of_it() -> None:
    text = "- Do this.\n\nSession 1.2: Deeds\n\nRecommendations\n\n- Do that.\n"
    outline = read(text)
    assert [(part.code, [one.text for one in part.recommendations]) for part in outline.roundtables] == [
        ("RT1", ["Do this.", "Do that."])
    ]
    assert outline.recommendations[1].notes == ("It stands under “Session 1.2: Deeds”.",)


def test_year_and_language_that_are_given_go_first() -> None:
    outline = read_document(HEAD.encode(), "", "fr", 2060)
    assert (outline.forum.language, outline.forum.year) == ("fr", 2060)


def test_title_that_sounds_like_a_heading_of_recommendations() -> None:
    head = "FMMD 2052\nCONCLUSIONES Y RECOMENDACIONES\n\nMesa redonda 1: Uno\n\nConclusiones y recomendaciones\n\n"
    outline = read("1° Hacer esto.\n2° Hacer aquello.\n", head)
    assert (outline.forum.title, texts(outline)) == (
        "CONCLUSIONES Y RECOMENDACIONES",
        ["Hacer esto.", "Hacer aquello."],
    )


def test_title_below_its_number_and_who_was_in_the_chair() -> None:
    head = (
        "Chair's Summary, GFMD 2052\n\nROUNDTABLE 1\nThe impact of a changing climate on mobility: prevention, action\n"
        "and development\n(Co-chairs: France and Senegal)\n\nKey messages and recommendations\n\n"
    )
    outline = read("1) Governments should invest in data and\n   foresight.\n", head)
    assert outline.roundtables[0].title == (
        "The impact of a changing climate on mobility: prevention, action and development"
    )
    assert [one.text for one in outline.statements] == ["(Co-chairs: France and Senegal)"]


def test_one_heading_of_recommendations_above_all_roundtables() -> None:
    head = "Chair's Report, GFMD 2052\n\nIntroduction\n\nThe Chair reports.\n\nRecommendations\n\nRoundtable: Cities\n"
    outline = read("- Cities should be heard.\n\nRoundtable: Rights\n- Rights should be respected.\n", head)
    assert [(part.code, part.title, len(part.recommendations)) for part in outline.roundtables] == [
        ("RT1", "Cities", 1),
        ("RT2", "Rights", 1),
    ]


def test_section_after_a_list_ends_the_roundtable() -> None:
    outline = read("- Do this.\n\nCivil Society Days\n\nMore than 300 delegates from 60 countries attended.\n")
    assert texts(outline) == ["Do this."]
    assert [(one.section, one.line) for one in outline.statements] == [("Civil Society Days", 11)]
    assert [(one.kind, one.value) for one in outline.forum.figures] == [
        ("civil_society", 300),
        ("civil_society_countries", 60),
    ]


def test_bullets_of_a_word_processor_that_are_the_letter_o() -> None:
    outline = read("•\tGovernments should open:\no\ttheir data;\no\ttheir doors.\n•\tCities\no\ttoo.\n")
    assert texts(outline) == ["Governments should open:\ntheir data;\ntheir doors.", "Cities\ntoo."]


@pytest.mark.parametrize("first", ["A.", "a)", "1.", "I."])
@pytest.mark.parametrize("point", ["- {}", "{}", "(i) {}"])
def test_title_with_a_letter_is_no_recommendation_but_heads_those_below(first: str, point: str) -> None:
    second = {"A.": "B.", "a)": "b)", "1.": "2.", "I.": "II."}[first]
    points = [point.format(words) for words in ("Fees should fall.", "Employers should pay.", "Skills should count.")]
    outline = read(f"{first} Recruitment\n\n{points[0]}\n\n{points[1]}\n\n{second} Recognition\n\n{points[2]}\n")
    assert [(one.number, one.text, one.context) for one in outline.recommendations] == [
        (1, "Fees should fall.", "Recruitment"),
        (2, "Employers should pay.", "Recruitment"),
        (3, "Skills should count.", "Recognition"),
    ]
    assert outline.recommendations[2].notes == ("It stands under “Recognition”.",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a) Governments should ratify\n   - the Convention\nb) Fees should fall\n", 2),
        ("A. Promote:\n- skills;\n- mobility.\nB. Lower fees\n", 2),
        ("A. Skills recognition\nB. Lower fees\n", 2),
        ("1. Governments should act on:\n   a) Fees\n      - which should fall\n", 1),
        ("1. Fees should fall\n2. More dialogue\n   - which should go on\n", 2),
    ],
    ids=["asks", "leads to parts", "no points below", "is a part", "goes on with points"],
)
def test_point_with_a_letter_that_is_no_title(text: str, expected: int) -> None:
    outline = read(text)
    assert (len(outline.recommendations), outline.statements) == (expected, ())


def test_follow_up_of_a_roundtable_is_a_part_of_it_and_that_of_the_last_one_closes_the_document() -> None:
    head = (
        "Conclusions of the 2052 GFMD Chair\n\nRoundtable 1: Words\n\nFollow-up\n\nIt was slow.\n\nRecommendations\n\n"
    )
    outline = read(
        "- Do this.\n\nFollow-up\n\nIt is due.\n\nRoundtable 2: Deeds\n\nRecommendations\n\nDo that\nDo more\n"
        "Follow-up\nThe Forum should report.\n",
        head,
    )
    assert texts(outline) == ["Do this.", "Do that", "Do more"]
    assert [(one.section, one.text, one.proposed.value) for one in outline.statements] == [
        ("Roundtable 1 – Follow-up", "It was slow.", "conclusion"),
        ("Roundtable 1 – Follow-up", "It is due.", "conclusion"),
        ("Follow-up", "The Forum should report.", "closing_item"),
    ]


@pytest.mark.parametrize(
    "words",
    [
        *("None was agreed.", "- None.", "No specific recommendations were made by the roundtable."),
        *("Aucune recommandation n’a été adoptée.", "• Ninguna", "No se formuló ninguna recomendación."),
    ],
)
def test_that_there_is_none_is_no_recommendation(words: str) -> None:
    outline = read(f"{words}\n\nRoundtable 2: Deeds\n\nRecommendations\n\n- None of them should be left behind.\n")
    assert texts(outline) == ["None of them should be left behind."]
    assert [one.text for one in outline.statements] == [words.lstrip("-• ")]
    assert "This says that there is none: it is proposed as a statement." in [one.sentence for one in outline.warnings]
