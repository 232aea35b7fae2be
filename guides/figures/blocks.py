"""Tables and charts drawn from dated figures: nobody types the numbers a second time."""

import copy
import datetime

from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from home.blocks.families import FIGURES, PREVIEW
from home.blocks.tables import NonEmptyBlock
from home.samples import are_all_samples

from .history import history_chart
from .models import Figure, day_in_words
from .rendering import FigureLookup, figures_with_values, lookup_from_context, time_of_value


class FigureChooserBlock(SnippetChooserBlock):
    """Takes figures from the memoized ones instead of one query per block type."""

    def bulk_to_python(self, values):
        known = figures_with_values()
        if not all(pk is None or pk in known for pk in values):
            return super().bulk_to_python(values)
        return [copy.copy(known.get(pk)) for pk in values]

    def deconstruct(self):
        _path, *arguments = super().deconstruct()
        return ("wagtail.snippets.blocks.SnippetChooserBlock", *arguments)


def _heading(lookup: FigureLookup, figures: list, day: datetime.date | None) -> str:
    """What a column says of its time: that of all its values, else the day."""
    found = (lookup.column_value(figure.slug, day) for figure in figures)
    times = {time_of_value(value) for value in found if value}
    time = times.pop() if len(times) == 1 else ""
    return time or day_in_words(day or lookup.day)


def _first_figures() -> dict:
    figures = list(Figure.objects.all()[:2])
    return {"caption": "几项标准", "figures": figures, "days": [], "show_kind": False}


def _first_figure() -> dict:
    return {"caption": "历年的标准", "figure": Figure.objects.first()}


class FigureTableBlock(NonEmptyBlock):
    """Figures in rows, days in columns."""

    EMPTY_MESSAGE = "数据表里还没有数据。请选择数据，或者删去这个数据表。"

    caption = blocks.CharBlock(label="表题", max_length=80)
    figures = blocks.ListBlock(FigureChooserBlock("guides.Figure", label="数据"), label="数据")
    days = blocks.ListBlock(
        blocks.DateBlock(label="日期"),
        label="各列的日期",
        default=[],
        help_text="每个日期一列，显示那一天有效的数值。不填时显示今天的。",
    )
    show_kind = blocks.BooleanBlock(label="显示性质", required=False)

    class Meta:
        label = "数据表"
        group = FIGURES
        description = "从“数据”里选几项排成表，一列一个日期。数据一改，这里跟着改。"
        preview_template = PREVIEW
        preview_value = staticmethod(_first_figures)
        icon = "table"
        template = "guides/figures/table_block.html"
        label_format = "{caption}"

    def is_empty(self, value) -> bool:
        return not any(value["figures"])

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        lookup = lookup_from_context(parent_context)
        days = list(value["days"]) or [None]
        figures = [figure for figure in value["figures"] if figure]
        columns = [(day, _heading(lookup, figures, day)) for day in days]
        context["headings"] = [heading for _day, heading in columns]
        context["rows"] = [
            (figure, [(words, lookup.cell(figure.slug, day, words)) for day, words in columns])
            for figure in figures
        ]
        # One area for all rows tells a reader nothing.
        context["show_areas"] = len({figure.area for figure in figures}) > 1
        context["all_samples"] = are_all_samples(figures)
        return context


class FigureChartBlock(NonEmptyBlock):
    """The history of one figure as a chart drawn on the server, with its table."""

    EMPTY_MESSAGE = "数据图里还没有数值。请换一个数据，或者删去这个数据图。"

    figure = FigureChooserBlock("guides.Figure", label="数据")
    caption = blocks.CharBlock(label="图题", max_length=80)

    class Meta:
        label = "数据图"
        group = FIGURES
        description = "一项数据历年的变化，画成图，并附文字。"
        preview_template = PREVIEW
        preview_value = staticmethod(_first_figure)
        icon = "order"
        template = "guides/figures/chart_block.html"
        label_format = "{caption}"

    def is_empty(self, value) -> bool:
        figure = value["figure"]
        return not figure or not figure.values.all()

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        if figure := value["figure"]:
            values = lookup_from_context(parent_context).history(figure.slug)
            context["chart"] = history_chart(figure, values)
            context["values"] = values
        return context
