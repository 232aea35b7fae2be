"""Figures in the rich-text editor: shown as values, stored as marks."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

import guides.roles
import home.roles
from guides.figures.staff.rich_text import FigureConverter
from home.blocks import ParagraphBlock

from .factories import make_figure

pytestmark = pytest.mark.django_db
FEATURES = ["bold", "ul", "link", "figure"]


def through_the_editor(html: str) -> tuple[dict, str]:
    """(what the editor gets, what is stored when nothing was changed)."""
    converter = FigureConverter(FEATURES)
    state = converter.from_database_format(html)
    return json.loads(state), converter.to_database_format(state)


@pytest.mark.parametrize(
    "html",
    [
        '<p data-block-key="a1b2c">每月{figure:dibao}。</p>',
        '<p data-block-key="a1b2c"><b>{figure:dibao}</b>和{figure:dibao@2017-01-01}</p>',
        '<ul><li data-block-key="a1b2c">{figure:dibao}</li></ul>',
        '<p data-block-key="a1b2c"><a href="https://example.cn/">看{figure:dibao}</a></p>',
        '<p data-block-key="a1b2c">{figure:unknown} 3 &lt; 4 &amp; {figure:}</p>',
        '<p data-block-key="a1b2c">没有数据</p>',
    ],
)
def test_what_is_stored_is_the_mark_again(html):
    make_figure("dibao", ("2016-01-01", "2019-12-31", 650), ("2020-01-01", None, 1080))
    assert through_the_editor(html)[1] == html


def test_the_editor_sees_the_value_as_one_piece():
    make_figure("dibao", ("2016-01-01", "2019-12-31", 650), ("2020-01-01", None, 1080))
    state, _ = through_the_editor("<p>现在{figure:dibao}，2017年{figure:dibao@2017-01-01}。</p>")
    (block,) = state["blocks"]
    assert block["text"] == "现在1,080元，2017年650元。"
    entities = [state["entityMap"][str(part["key"])] for part in block["entityRanges"]]
    assert {entity["mutability"] for entity in entities} == {"IMMUTABLE"}
    assert [entity["data"]["day"] for entity in entities] == ["", "2017-01-01"]


def test_a_code_that_no_figure_has_is_named():
    state, _ = through_the_editor("<p>{figure:nope}</p>")
    assert state["blocks"][0]["text"] == "没有这个数据：nope"


def test_paragraphs_offer_figures():
    widget = ParagraphBlock().field.widget
    assert "FIGURE" in [entity["type"] for entity in widget.options["entityTypes"]]
    assert "figure-picker.js" in str(widget.media)


def test_the_picker_lists_figures_for_those_in_the_admin_only(client):
    make_figure("dibao", ("2016-01-01", "2019-12-31", 650), ("2020-01-01", None, 1080))
    address = "/admin/figures/choices/"
    assert client.get(address).status_code == 302
    home.roles.set_up_roles()
    guides.roles.set_up_roles()
    editor = get_user_model().objects.create_user("editor")
    editor.groups.add(Group.objects.get(name=home.roles.EDITOR))
    client.force_login(editor)
    (now,) = client.get(address).json()["figures"]
    assert (now["code"], now["shown"]) == ("dibao", "1,080元")
    (then,) = client.get(address, {"day": "2017-05-01"}).json()["figures"]
    assert then["shown"] == "650元"
    assert client.get(address, {"day": "no day"}).status_code == 200
