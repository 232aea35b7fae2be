import zipfile
from contextlib import suppress
from io import BytesIO

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from guides.word_import.lists import nested
from guides.word_import.numbering import in_chinese
from guides.word_import.opening import MOST_UNPACKED, UnreadableError
from guides.word_import.reading import read

from .documents import (
    long_document,
    picture,
    policy_document,
    saved,
    with_part,
    with_svg_instead_of_the_picture,
)


def imported(data: bytes, most_pages: int = 100, keep=lambda *picture: 7):
    return read(data, most_pages, keep)


def test_headings_text_lists_tables_and_pictures_are_kept_in_order():
    kept = []

    def keep(content, extension, description):
        kept.append((extension, description))
        return 7

    found = imported(policy_document(), keep=keep)
    assert found.title == "关于做好某项工作的通知"
    assert found.document_number == "示例海民〔2026〕7号"
    assert [block["type"] for block in found.blocks] == [
        "paragraph",
        "heading",
        "paragraph",
        "heading",
        "table",
        "picture",
    ]
    heading, text, smaller, table = (found.blocks[n]["value"] for n in (1, 2, 3, 4))
    assert heading == {"text": "一、总的要求", "level": "2"}
    assert smaller["level"] == "3"
    assert "<b>三日内</b>报送 &lt;材料&gt; &amp; 表格。" in text
    assert "<ul><li>第一条</li><li>第二条</li></ul>" in text
    assert table["caption"] == "表1 各项标准"
    assert [column["heading"] for column in table["table"]["columns"]] == ["项目", "金额"]
    assert [row["values"] for row in table["table"]["rows"]] == [["甲", "100"], ["乙", "200"]]
    assert kept == [("png", "红色的示意图")]
    assert found.warnings == []


def test_300_pages_are_refused_in_words_before_anything_is_kept():
    with pytest.raises(UnreadableError, match="约300页，最多能导入100页"):
        imported(long_document(300), keep=lambda *_: pytest.fail("kept"))
    assert imported(long_document(100)).blocks


@pytest.mark.parametrize("data", [b"", b"not a zip", b"PK\x03\x04broken", picture()])
def test_what_is_no_word_document_is_refused_in_words(data):
    with pytest.raises(UnreadableError, match=r"docx|Word"):
        imported(data)


def test_another_zip_and_a_cut_document_are_refused():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "x")
    for data in (out.getvalue(), policy_document()[:2000]):
        with pytest.raises(UnreadableError):
            imported(data)


def test_a_file_that_unpacks_to_far_too_much_is_refused(monkeypatch):
    monkeypatch.setattr("guides.word_import.opening.MOST_UNPACKED", 1000)
    with pytest.raises(UnreadableError, match="解开后太大"):
        imported(policy_document())


def test_a_real_zip_bomb_is_refused_without_unpacking_it():
    bomb = with_part(policy_document(), "word/media/zeros.bin", bytes(MOST_UNPACKED + 1))
    assert len(bomb) < 1_000_000
    with pytest.raises(UnreadableError, match="解开后太大"):
        imported(bomb)


def test_a_document_with_macros_is_refused():
    with pytest.raises(UnreadableError, match="文件里有宏"):
        imported(with_part(policy_document(), "word/vbaProject.bin", b"macro"))


def test_an_svg_with_script_is_left_out_and_named():
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    data = with_svg_instead_of_the_picture(policy_document(), svg)
    found = imported(data, keep=lambda *_: pytest.fail("kept"))
    assert "第1幅图（svg+xml）不能在网页上显示" in "".join(found.warnings)
    assert "picture" not in [block["type"] for block in found.blocks]
    assert "script" not in str(found.blocks)


def test_an_empty_document_is_refused():
    with pytest.raises(UnreadableError, match="没有能导入的内容"):
        imported(saved(docx.Document()))


def test_what_needs_an_eye_is_told():
    document = docx.Document()
    document.add_paragraph("正文")
    document.add_table(rows=1, cols=1).cell(0, 0).text = "列"
    document.add_picture(BytesIO(picture()))
    warnings = "".join(imported(saved(document)).warnings)
    assert "第1个表没有表题" in warnings
    assert "第1幅图没有替代文字" in warnings
    assert "没有导入" in "".join(imported(saved(document), keep=lambda *_: None).warnings)


def test_an_old_or_locked_file_is_refused_with_what_to_do():
    with pytest.raises(UnreadableError, match="打开密码"):
        imported(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))


def test_lists_within_lists_stay_so():
    document = docx.Document()
    for words, style in (("一", "List Bullet"), ("甲", "List Bullet 2"), ("二", "List Bullet")):
        document.add_paragraph(words, style=style)
    found = imported(saved(document))
    assert found.blocks[0]["value"] == "<ul><li>一<ul><li>甲</li></ul></li><li>二</li></ul>"


def test_a_list_that_begins_deep_or_changes_its_kind_is_still_html():
    assert nested([("ul", 3, "a")]) == "<ul><li>a</li></ul>"
    assert nested([("ul", 0, "a"), ("ol", 0, "b")]) == "<ul><li>a</li></ul><ol><li>b</li></ol>"
    assert (
        nested([("ul", 0, "a"), ("ol", 1, "b"), ("ol", 0, "c")])
        == "<ul><li>a<ol><li>b</li></ol></li></ul><ol><li>c</li></ol>"
    )


def test_what_stands_under_a_picture_becomes_its_caption():
    document = docx.Document()
    document.add_picture(BytesIO(picture()))
    document.add_paragraph("图1 服务中心")
    document.add_paragraph("正文")
    shown, text = imported(saved(document)).blocks
    assert shown["value"] == {"image": 7, "caption": "图1 服务中心"}
    assert text["value"] == "<p>正文</p>"


def test_inserted_words_count_and_deleted_ones_do_not():
    document = docx.Document()
    paragraph = document.add_paragraph("原有")
    for tag, part, words in (("w:ins", "w:t", "加的"), ("w:del", "w:delText", "删的")):
        change, run, text = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(part)
        text.text = words
        run.append(text)
        change.append(run)
        paragraph._p.append(change)
    found = imported(saved(document))
    assert found.blocks[0]["value"] == "<p>原有加的</p>"
    assert any("2处修订" in warning for warning in found.warnings)


@settings(max_examples=40)
@given(st.integers(0, 30000), st.binary(min_size=1, max_size=40))
def test_a_damaged_file_is_read_or_refused_never_worse(position, noise):
    data = bytearray(policy_document())
    position %= len(data)
    data[position : position + len(noise)] = noise
    with suppress(UnreadableError):
        assert imported(bytes(data)).blocks


def element(name: str, **attributes):
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def test_a_broken_link_and_a_cell_that_continues_nothing_are_told_in_words():
    document = docx.Document()
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), "rId999")
    run = docx.Document().add_paragraph("网址")._p.r_lst[0]
    link.append(run)
    document.add_paragraph("见")._p.append(link)
    with pytest.raises(UnreadableError, match="读不了的内容"):
        imported(saved(document))
    document = docx.Document()
    table = document.add_table(rows=1, cols=1)
    table.rows[0].cells[0]._tc.get_or_add_tcPr().append(element("w:vMerge", val="continue"))
    with pytest.raises(UnreadableError, match="读不了的内容"):
        imported(saved(document))


def test_words_in_content_controls_are_kept():
    document = docx.Document()
    document.add_paragraph("甲")
    inside = document.add_paragraph("乙")._p
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    inside.addprevious(control)
    content.append(inside)
    control.append(content)
    assert imported(saved(document)).blocks[0]["value"] == "<p>甲</p><p>乙</p>"


def test_merged_cells_are_said_once_and_pointed_out():
    document = docx.Document()
    table = document.add_table(rows=2, cols=3)
    table.cell(1, 0).merge(table.cell(1, 1)).text = "甲和乙"
    found = imported(saved(document))
    assert found.blocks[0]["value"]["table"]["rows"] == [{"values": ["甲和乙", "", ""]}]
    assert any("合并的单元格" in warning for warning in found.warnings)


def numbered(form: str, pattern: str, words: list[str]) -> bytes:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    abstract = element("w:abstractNum", abstractNumId="77")
    level = element("w:lvl", ilvl="0")
    level.append(element("w:start", val="1"))
    level.append(element("w:numFmt", val=form))
    level.append(element("w:lvlText", val=pattern))
    abstract.append(level)
    numbering.insert(0, abstract)
    number = element("w:num", numId="77")
    number.append(element("w:abstractNumId", val="77"))
    numbering.append(number)
    for text in words:
        properties = document.add_paragraph(text)._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = 77
    return saved(document)


@pytest.mark.parametrize(
    ("form", "pattern", "expected"),
    [
        ("chineseCountingThousand", "第%1条", "<p>第一条 甲</p><p>第二条 乙</p>"),
        ("decimal", "%1.", "<p>1. 甲</p><p>2. 乙</p>"),
        ("bullet", "·", "<ul><li>甲</li><li>乙</li></ul>"),
    ],
)
def test_numbers_that_word_puts_before_paragraphs_are_kept(form, pattern, expected):
    found = imported(numbered(form, pattern, ["甲", "乙"]))
    assert found.blocks[0]["value"] == expected


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "一"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (105, "一百零五"),
        (110, "一百一十"),
        (2030, "二千零三十"),
    ],
)
def test_numbers_in_chinese(number, words):
    assert in_chinese(number) == words
