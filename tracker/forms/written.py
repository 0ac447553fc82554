"""Widgets written as Django's templates write them, but at once: forms at the desk have hundreds, 0.3 ms each.

What is not written here is left to its template. ``tests/test_forms_written.py`` holds each against its template.
"""

from collections.abc import Callable, Iterator
from html import escape
from typing import Any

from django.forms.renderers import DjangoTemplates

FOLDER = "django/forms/widgets/"
ERRORS = ("django/forms/errors/list/default.html", "django/forms/errors/list/ul.html")
INPUTS = ("checkbox", "date", "email", "hidden", "input", "number", "password", "search", "text", "url")
Context = dict[str, Any]


def escaped(value: Any) -> str:
    """Do as ``conditional_escape``, which spends as long again on telling lazy texts apart from others."""
    return str(value.__html__()) if hasattr(value, "__html__") else escape(str(value))


def _attributes(attrs: Context) -> str:
    """Return what stands within a tag: True is written by its name alone, False not at all."""
    written = (
        f" {name}" if value is True else f' {escaped(name)}="{escaped(value)}"'
        for name, value in attrs.items()
        if value is not False
    )
    return "".join(written)


def _input(widget: Context) -> str:
    value = "" if widget["value"] is None else f' value="{escaped(widget["value"])}"'
    name, attributes = escaped(widget["name"]), _attributes(widget["attrs"])
    return f'<input type="{widget["type"]}" name="{name}"{value}{attributes}>'


def _textarea(widget: Context) -> str:
    # The first line break belongs to the tag: without it, one in the text would be lost.
    text = escaped(widget["value"] or "")
    return f'<textarea name="{escaped(widget["name"])}"{_attributes(widget["attrs"])}>\n{text}</textarea>'


def _option(option: Context) -> str:
    return (
        f'<option value="{escaped(option["value"])}"{_attributes(option["attrs"])}>{escaped(option["label"])}</option>'
    )


def _select(widget: Context) -> str:
    groups = "".join(
        f'<optgroup label="{escaped(name)}">{options}</optgroup>' if name else options
        for name, options in _groups(widget, _option)
    )
    return f'<select name="{escaped(widget["name"])}"{_attributes(widget["attrs"])}>{groups}</select>'


def _choice(option: Context) -> str:
    """Return a box or a button, within its words."""
    if not option["wrap_label"]:
        return f"<div>{_input(option)}</div>"
    of = f' for="{escaped(option["attrs"]["id"])}"' if option["attrs"].get("id") else ""
    return f"<div><label{of}>{_input(option)} {escaped(option['label'])}</label></div>"


def _choices(widget: Context) -> str:
    attrs = {name: widget["attrs"][name] for name in ("id", "class") if widget["attrs"].get(name)}
    groups = "".join(
        f"<div><label>{escaped(name)}</label>{options}</div>" if name else options
        for name, options in _groups(widget, _choice)
    )
    return f"<div{_attributes(attrs)}>{groups}</div>"


def _groups(widget: Context, write: Callable[[Context], str]) -> Iterator[tuple[str | None, str]]:
    """Yield the name of each group of options, if it has one, and the options."""
    for name, options, _index in widget["optgroups"]:
        yield name, "".join(map(write, options))


def _label(context: Context) -> str:
    label = escaped(context["label"])
    if not context["use_tag"]:
        return label
    return f"<{context['tag']}{_attributes(context['attrs'] or {})}>{label}</{context['tag']}>"


WIDGETS: dict[str, Callable[[Context], str]] = {
    **{f"{FOLDER}{name}.html": _input for name in INPUTS},
    f"{FOLDER}textarea.html": _textarea,
    f"{FOLDER}select.html": _select,
    f"{FOLDER}radio.html": _choices,
    f"{FOLDER}checkbox_select.html": _choices,
}


class Renderer(DjangoTemplates):
    """Writes common widgets, labels, and the errors that are none; leaves everything else to its template."""

    def render(self, template_name: str, context: Context, request: Any = None) -> str:
        """Return the HTML, which is safe."""
        if write := WIDGETS.get(template_name):
            return write(context["widget"])
        if template_name == "django/forms/label.html":
            return _label(context)
        if template_name in ERRORS and not context["errors"]:
            return ""
        return str(super().render(template_name, context, request))
