import pytest

from marriage.templatetags.marriage_words import days_ahead


@pytest.mark.parametrize(("number", "words"), [(0, "今天"), (1, "明天"), (2, "后天"), (3, "3天后")])
def test_a_day_near_by_is_called_by_its_name(number, words):
    assert days_ahead(number) == words
