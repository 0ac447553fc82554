"""The parameters of the API: declared once, for reading addresses and for describing them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.api.problems import Kind, Problem, unusable


@dataclass(frozen=True)
class Parameter:
    """A parameter: what it asks for, its form as JSON Schema has it, and in words what it can be.

    ``several``: repeating it means "any of". ``listed``: its values stand in one, with commas between them.
    """

    name: str
    meaning: str
    schema: Mapping[str, object] = field(default_factory=lambda: {"type": "string"})
    allowed: str | Promise = ""
    several: bool = False
    listed: bool = False
    required: bool = False
    example: str = ""

    def check(self, value: str) -> None:
        """Refuse a value that is not of the form. What is on record only is left to whoever looks there."""
        if not self._has_form(value):
            raise unusable(self.name, value, self.words)

    def _has_form(self, value: str) -> bool:
        form = self.schema
        if form.get("type") == "integer":
            fits = re.fullmatch("[1-9][0-9]{0,17}|0", value) is not None
            return fits and int(str(form["minimum"])) <= int(value) <= int(str(form["maximum"]))
        values, pattern, longest = form.get("enum"), form.get("pattern"), form.get("maxLength")
        return (
            (not isinstance(values, list) or value in values)
            and (pattern is None or re.search(str(pattern), value, re.ASCII) is not None)
            and (longest is None or len(value) <= int(str(longest)))
        )

    @property
    def words(self) -> str:
        """What it can be, in words."""
        values = self.schema.get("enum")
        return str(self.allowed) or (", ".join(map(str, values)) if isinstance(values, list) else "")


def choice(name: str, meaning: str, values: Iterable[str], *, several: bool = False, **more: str) -> Parameter:
    """Return a parameter with values of ours."""
    return Parameter(name, meaning, {"type": "string", "enum": list(values), **more}, several=several)


def number(name: str, meaning: str, *, default: int, maximum: int, minimum: int = 1) -> Parameter:
    """Return a parameter that is a number."""
    form = {"type": "integer", "minimum": minimum, "maximum": maximum, "default": default}
    words = gettext_lazy("a number from %(first)d to %(last)d") % {"first": minimum, "last": maximum}
    return Parameter(name, meaning, form, words)


LANGUAGE = choice(
    "language",
    "The language of labels and refusals, of the pages that html leads to, and of the order by names. Texts "
    "themselves come in every language at once. Neither Accept-Language nor cookies are read.",
    [code for code, _name in settings.LANGUAGES],
    default="en",
)
FIELDS = "fields"
"""Which keys are told: its values are those of each shape."""


class Asked:
    """What an address asks for. Unlike a page, which a form may send what was left empty, it takes no empty value."""

    def __init__(self, query: QueryDict, known: Iterable[Parameter]) -> None:
        self.query, self.known = query, {parameter.name: parameter for parameter in known}

    def check(self) -> None:
        """Refuse a parameter that is not known, one that is missing, and a value that is not of its form."""
        for name in sorted(self.query):
            if name not in self.known:
                names = ", ".join(self.known)
                detail = _("%(name)s is not known here. Known are: %(names)s.") % {"name": name[:100], "names": names}
                raise Problem(Kind.UNKNOWN_PARAMETER, detail, parameter=name, allowed=names)
        for parameter in self.known.values():
            self._check(parameter)

    def _check(self, parameter: Parameter) -> None:
        values = self.several(parameter.name)
        if parameter.required and not values:
            raise unusable(parameter.name, "", parameter.words)
        if len(values) > 1 and not parameter.several:
            raise unusable(parameter.name, ", ".join(values), _("one value; the address gives several"))
        for value in values:
            if not value:
                raise unusable(parameter.name, "", parameter.words or _("anything but nothing: leave it out"))
            for one in value.split(",") if parameter.listed else [value]:
                parameter.check(one)

    def one(self, name: str) -> str:
        """Return the value of a parameter; empty where it is not given."""
        return next(iter(self.several(name)), "")

    def several(self, name: str) -> list[str]:
        """Return the values of a parameter, each once."""
        return list(dict.fromkeys(self.query.getlist(name)))

    @property
    def kept(self) -> QueryDict:
        """What the links to other pages of a list carry on."""
        kept = QueryDict(mutable=True)
        for name in sorted(self.query):
            kept.setlist(name, self.several(name))
        return kept
