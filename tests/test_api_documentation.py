"""The documentation of the API: the page is complete and keeps our rules, and the examples of docs/api.md run."""

import json
import os
import re
import subprocess
import sys

import pytest
from django.test import Client

from tests.installation import PROJECT
from tests.reading import parts, words
from tracker.api.problems import Kind
from tracker.api.schema import description
from tracker.filters import PARAMETERS

TEXT = (PROJECT / "docs" / "api.md").read_text()


def examples(language: str) -> list[str]:
    """Return the examples of docs/api.md in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)


def run(command: list[str], site: str) -> str:
    """Run an example as a reader would, and return what it prints."""
    environment = {"PATH": os.environ["PATH"], "SITE": site}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=60).stdout


def test_the_examples_run_on_the_real_record(site: str) -> None:
    found, progress, refused = [run(["sh", "-c", text], site) for text in examples("sh")]
    assert [row["reference"] for row in json.loads(found)["results"]] == ["GFMD-2010-RT1-03"]
    assert json.loads(progress)["counts"]["no_information"] + json.loads(progress)["counts"]["implemented"] > 0
    assert refused == "400\n"
    (python,) = examples("python")
    assert run([sys.executable, "-c", python], site) == "{'assessed': 40, 'documented': 63}\n"


def test_the_document_names_every_list_and_filter() -> None:
    assert [name for name in PARAMETERS if f"`{name}`" not in TEXT and f"**`{name}`**" not in TEXT] == []
    lists = {path.split("/")[3] for path in description()["paths"]} - {"", "schema"}
    assert [name for name in lists if f"/{name}/" not in TEXT] == []


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["", "/fr", "/es"])
def test_the_page_shows_every_address_parameter_key_and_problem(prefix: str) -> None:
    page = Client().get(f"{prefix}/api/v1/docs/")
    assert page.status_code == 200
    told = words(page)
    for path, methods in description()["paths"].items():
        assert f"GET {path}" in told
        for parameter in methods["get"]["parameters"]:
            assert parameter["name"] in parts(page, "code")
    for name, shape in description()["components"]["schemas"].items():
        assert name == "Problem" or shape["description"] in told
    assert {kind.slug for kind in Kind} <= set(parts(page, "code"))


@pytest.mark.django_db
def test_each_kind_of_problem_has_a_place_on_the_page() -> None:
    page = Client().get("/api/v1/docs/").content.decode()
    for kind in Kind:
        assert f'id="{kind.slug}"' in page
