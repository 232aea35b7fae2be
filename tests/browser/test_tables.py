"""Tables pasted from Excel, Word and WPS stay tables, also in the middle of a text."""

import pytest
from playwright.sync_api import expect

from home.blocks.rich_tables import rows_of
from home.models import NoticePage

from .editing import autosaved, desk_of, leave, make_people, new_notice

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What the programs put on the clipboard, shortened: Excel and WPS mark bold by class, Word and
# WPS put paragraphs into cells, all three write merged cells as colspan and rowspan.
EXCEL = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style><!--
.xl65 {font-weight:700;text-align:center;} .xl66 {text-decoration:line-through;}
--></style></head><body><table border=0 cellpadding=0><!--StartFragment--><col width=72 span=3>
<tr height=19><td class=xl65 colspan=2>低保标准</td><td class=xl65>备注</td></tr>
<tr><td>007</td><td align=right x:num>1,080</td><td rowspan=2>每月<br>发放</td></tr>
<tr><td>008</td><td>2,000<font class=xl66>1,900</font></td></tr>
<tr style='display:none'><td>隐藏</td></tr><!--EndFragment--></table></body></html>"""
WORD = """<html><body lang=ZH-CN><p class=MsoNormal>表一之前的话。</p>
<table class=MsoTableGrid border=1><tr><td><p class=MsoNormal><b>项目</b><o:p></o:p></p></td>
<td colspan=2><p class=MsoNormal>金额</p></td></tr><tr><td rowspan=2><p>甲</p><p>乙</p></td>
<td><p><s>100</s>200<sup>注</sup></p></td><td><p>元</p></td></tr>
<tr><td><p>300</p></td><td><p>元</p></td></tr></table>
<ol><li>以后的话，<b>要紧</b>。</li></ol></body></html>"""
WPS = """<html xmlns:et="http://www.wps.cn"><head><style>.et2{font-weight:bold;}</style></head>
<body><!--StartFragment--><table width=144><tr><td class="et2" x:str>街道</td>
<td class="et2" x:str>电话</td></tr><tr><td x:str>沙园街道</td><td x:str>020-84360000</td></tr>
<tr><td x:str>滨江街道</td><td x:str>020-84360001</td></tr></table><!--EndFragment--></body></html>"""
PASTE = """(element, [html, text]) => {
  const data = new DataTransfer();
  data.setData('text/html', html);
  data.setData('text/plain', text);
  element.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def form(chromium, live_server):
    index = make_people()
    page = desk_of(chromium, live_server, "editor")
    new_notice(page, index)
    page.fill("#id_title", "标准")
    yield page
    leave(page)


def add_block(page, name: str) -> None:
    page.locator(".c-sf-add-button:visible").last.click()
    page.get_by_role("option", name=name, exact=True).first.click()


def settled(page) -> None:
    """Wagtail overlooks what changes while it saves, until the next change."""
    page.wait_for_timeout(3000)
    autosaved(page)


def stored(page, *kinds: str) -> list[tuple[str, object]]:
    """The blocks as saved automatically, once they are of these kinds."""
    for _second in range(20):
        page.wait_for_timeout(1000)
        autosaved(page)
        body = NoticePage.objects.get().get_latest_revision_as_object().body
        blocks = [(block["type"], block["value"]) for block in body.raw_data]
        if [kind for kind, _value in blocks] == list(kinds):
            page.wait_for_timeout(3500)  # What was typed last is saved as well.
            body = NoticePage.objects.get().get_latest_revision_as_object().body
            return [(block["type"], block["value"]) for block in body.raw_data]
    raise AssertionError(f"{[kind for kind, _value in blocks]} instead of {list(kinds)}")


def cells(markup: str) -> list[list[tuple[str, int, int]]]:
    return [[(cell.html, cell.colspan, cell.rowspan) for cell in row] for row in rows_of(markup)]


EXCEL_CELLS = [
    [("<b>低保标准</b>", 2, 1), ("<b>备注</b>", 1, 1)],
    [("007", 1, 1), ("1,080", 1, 1), ("每月<br/>发放", 1, 2)],
    [("008", 1, 1), ("2,000", 1, 1)],
]
WORD_CELLS = [
    [("<b>项目</b>", 1, 1), ("金额", 2, 1)],
    [("甲<br/>乙", 1, 2), ("200<sup>注</sup>", 1, 1), ("元", 1, 1)],
    [("300", 1, 1), ("元", 1, 1)],
]


@pytest.mark.parametrize(
    ("html", "expected"), [(EXCEL, EXCEL_CELLS), (WORD, WORD_CELLS)], ids=["Excel", "Word"]
)
def test_a_table_pasted_into_the_table_block(form, html, expected):
    add_block(form, "表格")
    form.locator(".table-editor__area td").first.evaluate(PASTE, [html, ""])
    [(_kind, value)] = stored(form, "rich_table")
    assert cells(value["table"]) == expected


BESIDE = (
    """<table><tr><td>甲<img src="file:///c:/1.png"></td><td>乙</td></tr></table><p>表后的话</p>"""
)


def test_what_is_pasted_beside_a_table_or_as_a_picture_is_named(form):
    add_block(form, "表格")
    form.locator(".table-editor__area td").first.evaluate(PASTE, [BESIDE, ""])
    told = form.locator(".pasted-left-out")
    expect(told).to_contain_text("表格以外的文字“表后的话”，1幅图片")
    form.locator(".table-editor__area td").first.evaluate(
        PASTE, ["<table><tr><td>丙</td></tr></table>", ""]
    )
    expect(told).to_have_count(0)
    add_block(form, "正文段落")
    form.wait_for_timeout(700)
    picture = "<p>话</p><img src='file:///c:/1.png'>"
    form.locator(".public-DraftEditor-content").evaluate(PASTE, [picture, "话"])
    expect(told).to_have_text("没有粘贴进来：1幅图片。请另外添加。")


def test_a_picture_beside_a_table_pasted_into_text_is_named(form):
    add_block(form, "正文段落")
    form.wait_for_timeout(700)
    form.locator(".public-DraftEditor-content").evaluate(PASTE, [BESIDE, ""])
    told = form.locator(".pasted-left-out")
    expect(told).to_have_text("没有粘贴进来：1幅图片。请另外添加。")
    expect(told).to_be_visible()
    assert stored(form, "rich_table", "paragraph")


def test_a_picture_pasted_into_a_cell_is_named(form):
    add_block(form, "表格")
    cell = form.locator(".table-editor__area td").first
    cell.click()
    cell.evaluate(PASTE, ["<p>甲<img src='file:///c:/1.png'></p>", "甲"])
    expect(form.locator(".pasted-left-out")).to_have_text("没有粘贴进来：1幅图片。请另外添加。")


def test_cells_pasted_into_a_table_go_where_the_caret_is(form):
    add_block(form, "表格")
    area = form.locator(".table-editor__area")
    area.locator("th").first.click()
    form.keyboard.type("甲")
    area.locator("tr").nth(2).locator("td").nth(1).click()
    area.locator("tr").nth(2).locator("td").nth(1).evaluate(PASTE, ["", "1\t2\t3\n4\t5\t6\n"])
    [(_kind, value)] = stored(form, "rich_table")
    shown = [[cell[0] for cell in row] for row in cells(value["table"])]
    assert shown == [["甲", "", "", ""], [""] * 4, ["", "1", "2", "3"], ["", "4", "5", "6"]]


def test_merging_splitting_rows_and_columns(form):
    add_block(form, "表格")
    area = form.locator(".table-editor__area")
    area.locator("td").first.evaluate(PASTE, ["", "a\tb\tc\nd\te\tf\ng\th\ti\n"])

    def press(cell: str, *names: str) -> None:
        area.locator("td, th").filter(has_text=cell).first.click()
        for name in names:
            form.get_by_role("button", name=name).first.click()

    press("e", "与右边合并", "与下边合并")  # Below are two cells: only the first merge is possible.
    press("a", "与下边合并")
    press("c", "删这一列")
    press("g", "加一行")
    form.locator("input[name$=caption]").fill("合并")
    [(_kind, value)] = stored(form, "rich_table")
    assert cells(value["table"]) == [
        [("a<br/>d", 1, 2), ("b", 1, 1)],
        [("e<br/>f", 1, 1)],
        [("g", 1, 1), ("h", 1, 1)],
        [("", 1, 1), ("", 1, 1)],
    ]


def test_a_table_pasted_in_running_text_splits_the_text(form):
    add_block(form, "正文段落")
    text = form.locator(".public-DraftEditor-content").first
    text.click()
    text.press_sequentially("前面后面")
    form.keyboard.press("ArrowLeft")
    form.keyboard.press("ArrowLeft")
    settled(form)
    text.evaluate(PASTE, [WPS, ""])
    expect(form.locator(".table-editor__area")).to_contain_text("沙园街道")
    blocks = stored(form, "paragraph", "rich_table", "paragraph")
    assert "前面" in blocks[0][1]
    assert "后面" in blocks[2][1]
    assert cells(blocks[1][1]["table"]) == [
        [("<b>街道</b>", 1, 1), ("<b>电话</b>", 1, 1)],
        [("沙园街道", 1, 1), ("020-84360000", 1, 1)],
        [("滨江街道", 1, 1), ("020-84360001", 1, 1)],
    ]


def test_text_around_a_copied_table_stays_text(form):
    add_block(form, "正文段落")
    text = form.locator(".public-DraftEditor-content").first
    text.click()
    settled(form)
    text.evaluate(PASTE, [WORD, ""])
    expect(form.locator(".table-editor__area")).to_contain_text("300")
    blocks = stored(form, "paragraph", "rich_table", "paragraph")
    assert "表一之前的话。" in blocks[0][1]
    assert cells(blocks[1][1]["table"]) == WORD_CELLS
    assert "<ol>" in blocks[2][1]
    assert "<b>要紧</b>" in blocks[2][1]
