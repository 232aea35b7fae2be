"""Placeholders of figures outside running text, and figures that pages need."""

import pytest
from django.contrib.auth import get_user_model
from django.forms import modelform_factory

from guides.figures.staff.forms import FigureForm
from guides.figures.uses import is_used
from guides.models import Figure
from home.blocks.tables import DataTableBlock

from .factories import make_figure, make_guide

pytestmark = pytest.mark.django_db


def table_with(code: str) -> dict:
    return {
        "type": "table",
        "value": {
            "caption": "标准",
            "table": {
                "columns": [
                    {"type": "text", "heading": "项目"},
                    {"type": "mark", "heading": "数值"},
                ],
                "rows": [{"values": ["低保", f"{{figure:{code}}}"]}],
                "caption": "",
            },
        },
    }


def test_a_cell_offers_figures_and_shows_the_value_of_the_day(client):
    figure = make_figure("dibao", ("2020-01-01", None, 1080))
    cell = DataTableBlock().child_blocks["table"].child_blocks["mark"]
    assert ("{figure:dibao}", "低保标准：1,080元") in list(cell.field.choices)
    guide = make_guide(body=[table_with("dibao")])
    assert "1,080元" in client.get(guide.url).content.decode()
    assert figure.uses.get().page_id == guide.pk
    value = figure.values.get()
    value.amount = 1200
    value.save()
    assert "1,200元" in client.get(f"{guide.url}?as-of=2026-01-01").content.decode()


def code_errors(figure: Figure, code: str) -> str:
    form_class = modelform_factory(Figure, form=FigureForm, fields=["slug"])
    return str(form_class({"slug": code}, instance=figure).errors.get("slug", ""))


def test_the_code_of_a_figure_in_use_stays():
    figure = make_figure("dibao", ("2020-01-01", None, 1080))
    free = make_figure("dibao-two", ("2020-01-01", None, 1))
    guide = make_guide(fee="{figure:dibao}")
    assert "代码不能再改" in code_errors(figure, "renamed")
    assert code_errors(free, "renamed-too") == ""
    guide.fee = ""
    guide.save_revision().publish()
    assert code_errors(figure, "renamed") == ""


def test_a_code_written_in_a_draft_stays_too():
    figure = make_figure("dibao", ("2020-01-01", None, 1080))
    guide = make_guide()
    guide.fee = "{figure:dibao@2021-01-01}"
    guide.save_revision()
    assert is_used(Figure.objects.get(pk=figure.pk))


def test_a_figure_that_a_page_shows_is_not_deleted(client):
    figure = make_figure("dibao", ("2020-01-01", None, 1080))
    make_guide(fee="{figure:dibao}")
    client.force_login(get_user_model().objects.create_superuser("chief"))
    address = f"/admin/snippets/guides/figure/delete/{figure.pk}/"
    assert "还有页面用到" in client.post(address, follow=True).content.decode()
    assert Figure.objects.filter(pk=figure.pk).exists()
