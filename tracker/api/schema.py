"""The description of the API in OpenAPI 3.1, made of what it runs on: views, parameters, shapes."""

from functools import cache
from http import HTTPStatus
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints, is_typeddict

from django.utils.translation import override
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema

from tracker.api import shapes
from tracker.api.parameters import Parameter
from tracker.api.problems import PROBLEM
from tracker.api.shapes import Format, OneOf
from tracker.api.views import ApiView, ListView, OneView
from tracker.models import SOURCE_LANGUAGE

Schema = dict[str, Any]
PLAIN: dict[type, str] = {str: "string", int: "integer", bool: "boolean"}


def name_of(shape: type) -> str:
    """Return what a shape is called in the description."""
    return shape.__name__.removesuffix("Shape")


def schema_of(hint: Any) -> Schema:
    """Return a type as JSON Schema; a shape is referred to by its name."""
    if get_origin(hint) is Annotated:
        inner, *said = get_args(hint)
        return _with(schema_of(inner), said)
    if get_origin(hint) in {Union, UnionType}:
        (inner,) = (one for one in get_args(hint) if one is not NoneType)
        return _or_null(schema_of(inner))
    if get_origin(hint) is list:
        return {"type": "array", "items": schema_of(get_args(hint)[0])}
    if get_origin(hint) is dict:
        return {"type": "object", "additionalProperties": schema_of(get_args(hint)[1])}
    if is_typeddict(hint):
        return {"$ref": f"#/components/schemas/{name_of(hint)}"}
    return {} if hint is Any else {"type": PLAIN[hint]}


def _or_null(schema: Schema) -> Schema:
    return {**schema, "type": [schema["type"], "null"]}


def _with(schema: Schema, said: list[Any]) -> Schema:
    """Return a schema with what is said of it: its form, its values, its meaning."""
    for one in said:
        if isinstance(one, Format):
            schema = {**schema, "format": str(one)}
        elif isinstance(one, OneOf):
            schema = _limited(schema, list(one))
        else:
            schema = {**schema, "description": one}
    return schema


def _limited(schema: Schema, values: list[str]) -> Schema:
    if schema["type"] == "object":
        return {**schema, "propertyNames": {"enum": values}}
    return {**schema, "enum": [*values, None] if "null" in schema["type"] else values}


def component(shape: Any) -> Schema:
    """Return a shape as JSON Schema. It has no keys beyond those that are named."""
    hints = get_type_hints(shape, include_extras=True)
    picked = shape is shapes.EventShape or "html" in hints
    return {
        "type": "object",
        "description": " ".join((shape.__doc__ or "").split()),
        "properties": {name: schema_of(hint) for name, hint in hints.items()},
        "required": [] if picked else sorted(shape.__required_keys__, key=list(hints).index),
        "additionalProperties": False,
    }


def page_of(shape: Any) -> Schema:
    """Return a part of a list of a shape."""
    link = {"type": ["string", "null"], "format": "uri"}
    return {
        "type": "object",
        "properties": {
            "next": {**link, "description": "The address of the next part; null at the end."},
            "previous": {**link, "description": "The address of the part before; null at the beginning."},
            "results": {"type": "array", "items": schema_of(shape)},
        },
        "required": ["next", "previous", "results"],
        "additionalProperties": False,
    }


def parameter_of(parameter: Parameter, place: str) -> Schema:
    """Return a parameter as OpenAPI has it."""
    form, style = dict(parameter.schema), {}
    if form == {"type": "string"}:
        form["minLength"] = 1
    if parameter.several or parameter.listed:
        form = {"type": "array", "items": form}
        style = {"style": "form", "explode": parameter.several}
    return {
        "name": parameter.name,
        "in": place,
        "description": parameter.meaning,
        "required": parameter.required,
        "schema": form,
        **style,
    }


class Description(AutoSchema):
    """Describes an operation by what its view says of itself."""

    def get_operation(self, path: str, path_regex: str, path_prefix: str, method: str, registry: Any) -> Schema:
        """Return a GET, with all that it can be asked and all that it can answer."""
        view: ApiView = self.view
        return {
            "operationId": view.operation,
            "description": view.meaning,
            "tags": [view.tag],
            "parameters": [
                *(parameter_of(one, "path") for one in view.path_parameters),
                *(parameter_of(one, "query") for one in view.known),
            ],
            "responses": {"200": _success(view), **_moved(view), **{str(code): _error(code) for code in view.errors}},
        }


def _success(view: ApiView) -> Schema:
    schema = page_of(view.answer) if isinstance(view, ListView) else schema_of(view.answer)
    return {"description": "What was asked for.", "content": {"application/json": {"schema": schema}}}


def _moved(view: ApiView) -> Schema:
    if not isinstance(view, OneView):
        return {}
    location = {"Location": {"required": True, "schema": {"type": "string"}}}
    return {"301": {"description": "It is there under another name, or in other letters.", "headers": location}}


def _error(code: int) -> Schema:
    told: Schema = {
        "description": HTTPStatus(code).phrase,
        "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    if code == HTTPStatus.TOO_MANY_REQUESTS:
        told["headers"] = {"Retry-After": {"description": "Seconds.", "required": True, "schema": {"type": "integer"}}}
    return told


def with_components(result: Schema, **_more: Any) -> Schema:
    """Add the shapes (a hook of drf-spectacular)."""
    named = [one for one in vars(shapes).values() if is_typeddict(one) and one.__name__.endswith("Shape")]
    told = {name_of(one): component(one) for one in named if not one.__name__.startswith("_")}
    return {**result, "components": {"schemas": told}}


@cache
def description() -> Schema:
    """Return the whole description. It is made once in a process, and in English, whoever asks first."""
    with override(SOURCE_LANGUAGE):
        generator: Any = SchemaGenerator
        found: Schema = generator().get_schema(public=True)
        return found
