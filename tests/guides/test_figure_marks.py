"""Marks of figures outside running text, and figures that pages need."""

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError

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


def test_the_code_of_a_figure_in_use_stays():
    figure = make_figure("dibao", ("2020-01-01", None, 1080))
    free = make_figure("dibao-two", ("2020-01-01", None, 1))
    guide = make_guide(fee="{figure:dibao}")
    figure.slug = "renamed"
    with pytest.raises(ValidationError, match="代码不能再改"):
        figure.clean()
    free.slug = "renamed-too"
    free.clean()
    guide.fee = ""
    guide.save_revision().publish()
    figure.clean()


def test_a_code_written_in_a_draft_stays_too():
    figure = make_figure("dibao", ("2020-01-01", None, 1080))
    guide = make_guide()
    guide.fee = "{figure:dibao@2021-01-01}"
    guide.save_revision()
    assert Figure.objects.get(pk=figure.pk).is_written_in_pages


def test_a_figure_that_a_page_shows_is_not_deleted(client):
    figure = make_figure("dibao", ("2020-01-01", None, 1080))
    make_guide(fee="{figure:dibao}")
    client.force_login(get_user_model().objects.create_superuser("chief"))
    address = f"/admin/snippets/guides/figure/delete/{figure.pk}/"
    assert "还有页面用到" in client.post(address, follow=True).content.decode()
    assert Figure.objects.filter(pk=figure.pk).exists()
