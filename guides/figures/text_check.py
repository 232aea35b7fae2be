"""Numbers and days in a text that contradict a figure which the sentence names."""

import datetime
import re
from collections.abc import Iterator
from decimal import Decimal

from django.utils import timezone
from wagtail.models import Page

from home.pages.full_text import texts_of
from home.text_checks import Finding

from .models import Figure, FigureValue, day_in_words
from .placeholders import PLACEHOLDER
from .rendering import FigureLookup, figures_with_values, note_of, standard_on

KIND = "与数据不一致"
SENTENCE = re.compile("[^。；！？\n]+")
BRACKETS = re.compile("[（(][^）)]*[）)]")
DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
MAX_SHOWN = 60


def contradictions(page: Page) -> Iterator[Finding]:
    """A sentence that names one figure and an amount in its unit which is not that of today, or
    a day from which none of its values holds."""
    figures = figures_with_values().values()
    pairs = [(name, figure) for figure in figures for name in _names(figure.name)]
    named = sorted(pairs, key=lambda pair: -len(pair[0]))
    lookup = FigureLookup()
    for text in texts_of(page):
        for match in SENTENCE.finditer(text.words):
            sentence = match[0].strip()
            figure = next((figure for name, figure in named if name in sentence), None)
            if figure is None or PLACEHOLDER.search(sentence):
                continue
            for advice in _faults(sentence, figure, lookup.history(figure.slug)):
                yield Finding(KIND, text.field, sentence[:MAX_SHOWN], advice)


def _names(name: str) -> list[str]:
    """The name without its brackets, and what is in them where it is another name for the same:
    最低生活保障标准（低保标准）. 补贴（本市户籍） has no other name."""
    main = BRACKETS.sub("", name)
    others = [inner[1:-1] for inner in BRACKETS.findall(name)]
    return [main, *(other for other in others if len(other) > 3 and other[-2:] == main[-2:])]


def _faults(sentence: str, figure: Figure, values: list[FigureValue]) -> Iterator[str]:
    today = timezone.localdate()
    current = standard_on(values, today)
    if current is None:
        return
    # A statistic of a past period says its own time; a standard holds until the next one.
    if current.period and figure.kind != Figure.Kind.STANDARD and "标准" not in figure.name:
        return
    amounts = _amounts(sentence, figure)
    if amounts and current.amount is not None and current.amount not in amounts:
        old = next((v for v in values if v.amount in amounts and v.valid_from <= today), None)
        was = f"（{old.shown()}是{day_in_words(old.valid_from)}起的旧数值）" if old else ""
        yield (
            f"“{figure.name}”现在是{current.shown()}{note_of(current, today)}{was}。请核对，或者用“插入数据”，以后会自己更新。"
        )
    starts = {value.valid_from for value in values}
    for year, month, day in DAY.findall(sentence):
        try:
            told = datetime.date(int(year), int(month), int(day))
        except ValueError:
            yield f"没有{year}年{month}月{day}日这一天。"
            continue
        if amounts and told not in starts and re.search(f"{day}日起", sentence):
            known = "、".join(day_in_words(start) for start in sorted(starts))
            yield f"“{figure.name}”的数值从这些日子起：{known}，没有从{day_in_words(told)}起的。"


def _amounts(sentence: str, figure: Figure) -> set[Decimal]:
    """The numbers of the sentence that stand before the unit of the figure."""
    unit = figure.unit.split("/")[0].strip()
    if not unit:
        return set()
    numbers = re.findall(rf"(\d[\d,，]*(?:\.\d+)?)\s*{re.escape(unit)}", sentence)
    return {Decimal(re.sub("[,，]", "", number)) for number in numbers}
