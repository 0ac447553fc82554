"""The documentation of the API, to be read: made of its description, so that it says what is so."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tracker.api.problems import Kind
from tracker.api.schema import description
from tracker.views.page import render_page, site_of
from tracker.views.public import public

EXAMPLES = {
    "recommendations": "recommendations/?forum=2010&status=in_progress&fields=reference,headline",
    "entries": "entries/?recommendation=GFMD-2010-RT1-01",
    "progress": "progress/?forum=2010&as_of=hld-2013&by=roundtable",
    "events": "events/?after=100",
}


@dataclass(frozen=True)
class Row:
    """A parameter, or a key of an answer: its type, its values, what it means."""

    name: str
    type: str
    values: str = ""
    meaning: str = ""
    required: bool = False


@dataclass(frozen=True)
class Operation:
    """What can be asked at one address."""

    path: str
    meaning: str
    parameters: list[Row]


@dataclass(frozen=True)
class Chapter:
    """A kind of thing: its addresses, and what is told of it."""

    name: str
    operations: list[Operation] = field(default_factory=list)
    shapes: list[tuple[str, str, list[Row]]] = field(default_factory=list)
    example: str = ""


@public()
def api_docs(request: HttpRequest) -> HttpResponse:
    """Show every address, parameter and key."""
    context = {
        "trail": [(_("Data"), ""), (_("API"), request.path)],
        "answer": _(
            "Everything on this site can be read by programs too: as JSON, without a key, from any other site."
        ),
        "chapters": list(chapters(description(), site_of(request))),
        "kinds": list(Kind),
    }
    return render_page(request, "tracker/api_docs.html", context)


def chapters(told: dict[str, Any], site: str) -> Iterator[Chapter]:
    """Yield a chapter for each tag of a description, in the order of its addresses."""
    found: dict[str, Chapter] = {}
    shapes: dict[str, Any] = told["components"]["schemas"]
    for path, methods in told["paths"].items():
        operation = methods["get"]
        (tag,) = operation["tags"]
        example = f"{site}/api/v1/{EXAMPLES[tag]}" if tag in EXAMPLES else ""
        chapter = found.setdefault(tag, Chapter(tag, example=example))
        chapter.operations.append(Operation(path, operation["description"], _parameters(operation)))
        answer = operation["responses"]["200"]["content"]["application/json"]["schema"]
        for name in _named(answer, shapes):
            if name not in [known for known, _words, _rows in chapter.shapes]:
                chapter.shapes.append((name, shapes[name]["description"], _keys(shapes[name])))
    yield from found.values()


def _parameters(operation: dict[str, Any]) -> list[Row]:
    return [_row(one["name"], one["schema"], one["description"], one["required"]) for one in operation["parameters"]]


def _keys(shape: dict[str, Any]) -> list[Row]:
    return [_row(name, form, form.get("description", "")) for name, form in shape["properties"].items()]


def _row(name: str, form: dict[str, Any], meaning: str, required: bool = False) -> Row:
    inner = form.get("items", form)
    values = inner.get("enum", inner.get("propertyNames", {}).get("enum", []))
    return Row(name, _type(form), ", ".join(filter(None, values)), meaning, required)


def _type(form: dict[str, Any]) -> str:
    """Return the type of a value in words of JSON Schema: "string (date) or null"."""
    if "$ref" in form:
        return _shape_named(form)
    if form["type"] == "array":
        return f"list of {_type(form['items'])}"
    if form["type"] == "object":
        return f"object of {_type(form['additionalProperties'])}"
    types: Iterable[str] = form["type"] if isinstance(form["type"], list) else [form["type"]]
    kind = f" ({form['format']})" if "format" in form else ""
    return " or ".join(f"{one}{kind}" if one != "null" else one for one in types)


def _named(form: dict[str, Any], shapes: dict[str, Any]) -> Iterator[str]:
    """Yield the names of the shapes to which a schema refers, and of those to which these do."""
    if "$ref" in form:
        name = _shape_named(form)
        yield name
        yield from _named(shapes[name], shapes)
    for inner in (*form.get("properties", {}).values(), form.get("items"), form.get("additionalProperties")):
        if isinstance(inner, dict):
            yield from _named(inner, shapes)


def _shape_named(form: dict[str, Any]) -> str:
    return str(form["$ref"]).rpartition("/")[2]
