"""A member of staff with a browser, who opens pages, follows links and presses buttons by their names."""

import re
from typing import Any

from playwright.sync_api import Page

from tests.factories import ReviewerFactory

PASS_PHRASE = "a-long-pass-phrase"


class Staff:
    """Somebody at the desk, and what the browser complained about."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site = page, site
        self.complaints: list[str] = []
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, address: str) -> None:
        self.page.goto(self.site + address)

    def press(self, name: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).click()

    def follow(self, name: str | re.Pattern[str]) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=name).first.click()

    def pick(self, field: str, text: str) -> None:
        self.page.locator(f".field-{field} .select2-selection").click()
        self.page.locator(".select2-dropdown .select2-search__field").fill(text)
        self.page.locator(".select2-results__option--highlighted", has_text=text).click()

    def sign_in(self, factory: Any = ReviewerFactory, username: str = "reviewer") -> None:
        factory(username=username, password=PASS_PHRASE)
        self.open("/admin/")
        self.page.get_by_label("Username").fill(username)
        self.page.get_by_label("Password").fill(PASS_PHRASE)
        self.press("Log in")
