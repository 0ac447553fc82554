"""The description of the API is complete and true: schemathesis asks whatever it allows, and what it does not."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests.installation import PROJECT
from tracker.api.schema import component, description, schema_of
from tracker.api.urls import RESOURCES
from tracker.filters import PARAMETERS

SEED = "1"


def operations() -> dict[str, Any]:
    return {path: methods["get"] for path, methods in description()["paths"].items()}


@pytest.mark.xdist_group("house")
def test_nothing_that_is_allowed_or_not_is_answered_otherwise_than_described(
    site: str, settings: Settings, tmp_path: Path
) -> None:
    settings.API_REQUESTS_PER_MINUTE = 0
    done = subprocess.run(
        [
            *(Path(sys.executable).with_name("schemathesis"), "--config-file", PROJECT / "tests" / "schemathesis.toml"),
            *("run", f"{site}/api/v1/schema/", "--url", site, "--phases", "fuzzing", "--max-examples", "20"),
            *("--seed", SEED, "--warnings", "off", "--no-color"),
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.django_db
def test_the_description_is_served_as_it_is_made() -> None:
    answer = Client().get("/api/v1/schema/")
    assert (answer.status_code, answer.json()) == (200, description())
    assert answer.json()["openapi"] == "3.1.1"


def test_every_address_is_described_with_all_that_can_be_asked() -> None:
    paths = {f"/api/v1/{resource.name}/" for resource in RESOURCES}
    paths |= {f"/api/v1/{resource.name}/{{{resource.key.name}}}/" for resource in RESOURCES}
    assert set(operations()) == paths | {"/api/v1/", "/api/v1/progress/", "/api/v1/schema/"}
    asked = {one["name"] for one in operations()["/api/v1/recommendations/"]["parameters"]}
    assert asked == {*PARAMETERS, "fields", "per_page", "cursor", "language"}
    assert len({one["operationId"] for one in operations().values()}) == len(operations())


def test_every_address_names_what_can_go_wrong() -> None:
    for path, operation in operations().items():
        assert {"200", "400", "405", "406", "429"} <= set(operation["responses"]), path
        assert ("404" in operation["responses"]) == ("{" in path), path
        assert ("301" in operation["responses"]) == ("{" in path), path


def test_every_shape_is_a_schema_and_has_no_other_keys() -> None:
    for name, shape in description()["components"]["schemas"].items():
        jsonschema.Draft202012Validator.check_schema(shape)
        assert shape["additionalProperties"] is False, name
        assert shape["description"], name


def test_a_key_that_may_be_null_says_so() -> None:
    recommendation = component(RESOURCES[2].shape)["properties"]
    assert recommendation["standing"]["type"] == ["string", "null"]
    assert recommendation["standing"]["enum"] == ["provisional", "confirmed", None]
    assert recommendation["status_since"] == {
        "type": ["string", "null"],
        "format": "date",
        "description": "When the unbroken run of this status began.",
    }
    assert schema_of(list[int]) == {"type": "array", "items": {"type": "integer"}}
