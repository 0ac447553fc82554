"""Working at the desk in tests as a browser does: read the form of a page, type into it, press a button."""

from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tracker.models import User


class _Fields(HTMLParser):
    """What a browser would send of the page's main form, buttons left out."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self.select = self.textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name, kind = given.get("name", ""), given.get("type", "text")
        if tag == "input" and name and kind not in {"submit", "file"}:
            ticked = kind in {"checkbox", "radio"}
            if not ticked or "checked" in given:
                self.values.setdefault(name, []).append(given.get("value", "on" if ticked else ""))
        elif tag == "textarea":
            self.textarea = name
            self.values[name] = [""]
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in given:
            self.values.setdefault(self.select, []).append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = ""
        if tag == "textarea":
            self.values[self.textarea] = [self.values[self.textarea][0].removeprefix("\n")]
            self.textarea = ""

    def handle_data(self, text: str) -> None:
        if self.textarea:
            self.values[self.textarea][0] += text


def sent_by(answer: HttpResponse) -> dict[str, Any]:
    """Return what the page's form would send as it stands."""
    parser = _Fields()
    parser.feed(answer.content.decode())
    return {name: values if len(values) > 1 else values[0] for name, values in parser.values.items()}


class Desk:
    """A member of staff at the desk."""

    def __init__(self, user: User) -> None:
        self.user, self.client = user, Client()
        self.client.force_login(user)

    def open(self, name: str, *args: Any, query: str = "") -> HttpResponse:
        """Return the page ``admin:tracker_<name>``."""
        return self.client.get(self.address(name, *args) + query)

    def address(self, name: str, *args: Any) -> str:
        return reverse(f"admin:tracker_{name}", args=args)

    def form(self, name: str, *args: Any, query: str = "") -> dict[str, Any]:
        """Return what the form of that page would send."""
        answer = self.open(name, *args, query=query)
        assert answer.status_code == 200
        return sent_by(answer)

    def send(self, name: str, *args: Any, button: str = "_save", typed: dict[str, Any]) -> Any:
        """Send ``typed`` to that page with a button pressed."""
        return self.client.post(self.address(name, *args), {**typed, button: "1"})

    def fill(self, name: str, *args: Any, button: str = "_save", query: str = "", **typed: Any) -> Any:
        """Open the page, type into its form, press the button."""
        return self.send(name, *args, button=button, typed={**self.form(name, *args, query=query), **typed})


def errors(answer: Any) -> list[str]:
    """Return every message about an error in the page."""
    found: list[str] = []
    form = answer.context["adminform"].form if "adminform" in answer.context else answer.context["form"]
    for messages in form.errors.values():
        found += [str(message) for message in messages]
    rows = [inline.formset for inline in answer.context.get("inline_admin_formsets") or []]
    rows += [answer.context["rows"]] if answer.context.get("rows") else []
    for formset in rows:
        for of_row in formset.errors:
            found += [str(message) for messages in of_row.values() for message in messages]
    return found


def said(answer: Any) -> list[str]:
    """Return the messages that the page after a redirect shows."""
    return [str(message) for message in answer.context["messages"]]
