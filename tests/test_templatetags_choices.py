"""Options of a select are what they say, whatever stands in them."""

from tracker.filters import Option
from tracker.templatetags.choices import options


def test_an_option_is_escaped_and_says_its_number_and_whether_it_is_chosen() -> None:
    shown = options([Option("a&b", '<b>"x"</b>', chosen=True), Option("c", "Plain", chosen=False, number=120)])
    assert shown == (
        '<option value="a&amp;b" selected>&lt;b&gt;&quot;x&quot;&lt;/b&gt;</option>'
        '<option value="c">Plain (120)</option>'
    )
