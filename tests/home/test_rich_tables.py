"""Tables as they are pasted from Excel, Word and WPS."""

import pytest

from home.blocks import RichTableBlock
from home.blocks.rich_tables import clean_table, rows_of

EXCEL = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style>.xl65{}</style></head>
<body><table border=0 width=200><!--StartFragment--><col width=72>
 <tr height=19><td class=xl65 colspan=2 style='font-weight:700'>标准</td><td>备注</td></tr>
 <tr><td>007</td><td align=right>1,080</td><td rowspan=2>每月<br>发放</td></tr>
 <tr><td>008</td><td align=right>2,000</td></tr>
 <tr style='display:none'><td>隐藏</td></tr>
<!--EndFragment--></table></body></html>"""
WORD = """<table class=MsoTableGrid><tr><td><p class=MsoNormal><b>项目<o:p></o:p></b></p></td>
<td><p class=MsoNormal>金额</p></td></tr><tr><td><p class=MsoNormal>甲</p><p class=MsoNormal>乙</p></td>
<td><p class=MsoNormal><s>100</s>200<sup>注</sup></p></td></tr></table>"""


def cells(markup: str) -> list[list[tuple[str, int, int]]]:
    return [[(cell.html, cell.colspan, cell.rowspan) for cell in row] for row in rows_of(markup)]


def test_a_table_from_excel_keeps_merged_cells_and_text():
    assert cells(EXCEL) == [
        [("<b>标准</b>", 2, 1), ("备注", 1, 1)],
        [("007", 1, 1), ("1,080", 1, 1), ("每月<br/>发放", 1, 2)],
        [("008", 1, 1), ("2,000", 1, 1)],
    ]


def test_a_table_from_word_keeps_paragraphs_and_drops_what_is_struck_out():
    assert cells(WORD) == [
        [("<b>项目</b>", 1, 1), ("金额", 1, 1)],
        [("甲<br/>乙", 1, 1), ("200<sup>注</sup>", 1, 1)],
    ]


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">',
        "<svg onload=alert(1)>",
        '<b onclick="alert(1)">x</b>',
        "<style>*{display:none}</style>",
        "<iframe src=//evil.example></iframe>",
    ],
)
def test_what_is_pasted_is_harmless(attack):
    shown = clean_table(f"<table><tr><td>甲{attack}乙</td></tr></table>")
    assert "甲" in shown
    for word in ("alert", "javascript", "onerror", "onclick", "<svg", "<style", "iframe"):
        assert word not in shown


def test_cleaning_twice_changes_nothing():
    for markup in (EXCEL, WORD):
        assert clean_table(clean_table(markup)) == clean_table(markup)


def test_a_plain_table_names_the_heading_of_each_cell_and_a_merged_one_does_not():
    block = RichTableBlock()
    plain = "<table><tr><td>街道</td><td>窗口</td></tr><tr><td>滨江</td><td>3</td></tr></table>"
    shown = block.render(block.to_python({"caption": "各街道", "table": plain}))
    assert "<caption>各街道</caption>" in shown
    assert '<th scope="col">街道</th>' in shown
    assert '<td data-label="窗口">3</td>' in shown
    assert "data-label" not in block.render(block.to_python({"caption": "表", "table": EXCEL}))


def test_words_in_cells_are_found():
    block = RichTableBlock().child_blocks["table"]
    assert block.get_searchable_content(WORD) == ["项目 金额 甲 乙 200 注"]


def test_an_empty_table_says_nothing():
    block = RichTableBlock()
    for table in ("", "<table><tr><td>&nbsp;</td></tr></table>", "<p>无表</p>"):
        assert block.is_empty({"caption": "表", "table": table})
    assert not block.is_empty({"caption": "表", "table": WORD})
