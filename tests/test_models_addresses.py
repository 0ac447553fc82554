"""Addresses of many pages are those that reverse gives."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from tracker.models.addresses import addresses


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", ["GFMD-2010-RT2-03", "a b ç?", "any-name"])
def test_an_address_is_what_reverse_gives(language: str, name: str) -> None:
    with override(language):
        assert addresses("actor")(name) == reverse("actor", args=[name])
