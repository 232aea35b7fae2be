import pytest
from django.contrib.humanize.templatetags.humanize import intcomma


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (999, "999"),
        (5685, "5,685"),
        (12345, "12,345"),
        (1234567, "1,234,567"),
        (12345.5, "12,345.5"),
    ],
)
def test_thousands_are_grouped(number, text):
    assert intcomma(number) == text
