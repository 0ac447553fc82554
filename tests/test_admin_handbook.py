"""The handbook at the desk: whom it answers, where help leads, and that what it says stands on the screen."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.factories import EditorFactory, ReviewerFactory, UserFactory, published_entry
from tests.test_urls import ADDRESSES, LOGIN
from tracker.admin.handbook import HANDBOOK, MODELS, PICTURES, SECTIONS, START, handbook, section_for

pytestmark = pytest.mark.django_db
WORDS = HANDBOOK.read_text(encoding="utf-8")
ANCHORS = {anchor for anchor, _title in handbook().sections}


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(EditorFactory())
    return client


def test_handbook_answers_staff_alone(client: Client) -> None:
    path = reverse("admin:handbook")
    assert client.get(path).status_code == 200
    stranger = Client()
    stranger.force_login(UserFactory())
    for visitor in (Client(), stranger):
        assert visitor.get(path).headers["Location"] == f"{LOGIN}?next={path}"


def test_handbook_asks_the_database_only_who_one_is(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    path = reverse("admin:handbook")
    with django_assert_num_queries(4):
        client.get(path)
    published_entry()
    with django_assert_num_queries(4):
        client.get(path)


def test_handbook_lists_its_sections_and_leads_to_each(client: Client) -> None:
    page = client.get(reverse("admin:handbook")).content.decode()
    titles = re.findall(r"^## (.+)$", WORDS, re.MULTILINE)
    assert [title for _anchor, title in handbook().sections] == titles
    for anchor in ANCHORS:
        assert f'href="#{anchor}"' in page
        assert f'<h2 id="{anchor}">' in page


def test_handbook_keeps_the_policy_on_content(client: Client) -> None:
    html = handbook().html
    assert re.findall(r"<(?:script|style|iframe)|\sstyle=|\son\w+=|https?://", html) == []


def test_help_leads_from_each_page_of_the_desk_to_a_section_that_exists() -> None:
    assert {*SECTIONS.values(), *MODELS.values(), START} <= ANCHORS
    names = [name for space, name in ADDRESSES if space == "admin"]
    assert {section_for(name) for name in names} <= ANCHORS


@pytest.mark.parametrize(
    ("name", "section"),
    [
        ("index", "what-waits"),
        ("password_change", "sign-in"),
        ("tracker_followup_add", "log"),
        ("tracker_followup_review", "review"),
        ("tracker_followup_withhold", "correct"),
        ("tracker_followup_history", "what-happened"),
        ("tracker_recommendation_sheet", "assess"),
        ("tracker_recommendation_correct-words", "correct"),
        ("tracker_roundtable_paste", "enter-a-forum"),
        ("tracker_diarynote_changelist", "diary-and-notes"),
        ("tracker_user_change", "who-may-do-what"),
    ],
)
def test_help_leads_to_the_section_of_what_is_done_there(name: str, section: str) -> None:
    assert section_for(name) == section


def test_help_is_in_the_header_of_a_page() -> None:
    client = Client()
    client.force_login(ReviewerFactory())
    page = client.get(reverse("admin:tracker_followup_review")).content.decode()
    assert f'<a href="{reverse("admin:handbook")}#review" target="_blank">Help' in page


def test_links_within_the_handbook_lead_to_sections() -> None:
    assert set(re.findall(r"\]\(#([\w-]+)\)", WORDS)) <= ANCHORS


def test_pictures_are_all_there_used_and_described() -> None:
    named = re.findall(r"!\[([^\]]*)\]\(handbook/([\w-]+)\.png\)", WORDS)
    assert sorted(name for _words, name in named) == sorted(path.stem for path in PICTURES.glob("*.png"))
    assert all(words for words, _name in named)


def test_pictures_are_light() -> None:
    assert [path.name for path in PICTURES.glob("*.png") if path.stat().st_size >= 120_000] == []


def test_a_picture_that_is_none_is_not_found(client: Client) -> None:
    assert client.get("/admin/handbook/nothing.png").status_code == 404


# What stands on the screen: every text that is marked for translation, ours and that of Django's admin, and the names
# of fields and models. A placeholder stands for any words; a text of nothing else says nothing.
MARKED = {"_", "_t", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}
TRANSLATED = re.compile(r'{% translate "([^"]+)"|{% blocktranslate[^%]*%}(.*?){% endblocktranslate %}', re.DOTALL)
PLACEHOLDER = re.compile(r"%\\\(\w+\\\)[sd]|\\\{\\\{.*?\\\}\\\}")


def texts_of_templates() -> Iterator[str]:
    for template in (settings.BASE_DIR / "templates" / "admin").rglob("*.html"):
        for line, block in TRANSLATED.findall(template.read_text(encoding="utf-8")):
            yield from filter(None, [line, *block.split("{% plural %}")])


def texts_of_code() -> Iterator[str]:
    for folder in ("tracker", "gfmd"):
        for module in (settings.BASE_DIR / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKED:
                    yield from (one.value for one in node.args if isinstance(one, ast.Constant))


def texts_of_django() -> Iterator[str]:
    for app in ("admin", "auth"):
        catalogue = Path(apps.get_app_config(app).path) / "locale" / "en" / "LC_MESSAGES" / "django.po"
        yield from re.findall(r'^msgid "(.+)"$', catalogue.read_text(encoding="utf-8"), re.MULTILINE)


def names_of_models() -> Iterator[str]:
    for model in apps.get_models():
        yield from (str(model._meta.verbose_name), str(model._meta.verbose_name_plural))
        yield from (str(field.verbose_name) for field in model._meta.fields)


def is_on_the_screen(words: str, texts: set[str]) -> bool:
    """Tell whether words are a whole text of the software, whatever stands for its placeholders."""
    patterns = (re.escape(" ".join(text.split())) for text in texts)
    telling = (pattern for pattern in patterns if re.search(r"[A-Za-z]{3}", PLACEHOLDER.sub("", pattern)))
    return any(re.fullmatch(PLACEHOLDER.sub(".+", pattern), words, re.IGNORECASE) for pattern in telling)


def test_words_that_are_nowhere_on_the_screen_are_told() -> None:
    texts = {"Drafts (%(number)d)", "Publish", "%(number)d"}
    assert is_on_the_screen("Drafts (3)", texts)
    assert not is_on_the_screen("Publish now", texts)
    assert not is_on_the_screen("Save", texts)


def test_what_is_bold_in_the_handbook_stands_on_the_screen() -> None:
    texts = {*texts_of_templates(), *texts_of_code(), *texts_of_django(), *names_of_models()}
    bold = {" ".join(words.split()) for words in re.findall(r"\*\*(.+?)\*\*", WORDS, re.DOTALL)}
    assert {words for words in bold if not is_on_the_screen(words, texts)} == set()
