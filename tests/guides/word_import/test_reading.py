import base64
import zipfile
from contextlib import suppress
from io import BytesIO

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsmap, qn
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image

from guides.word_import.drafts import Imported
from guides.word_import.lists import nested
from guides.word_import.numbering import in_chinese
from home.blocks.rich_tables import rows_of
from home.pages.publishing_checks import ALT_TEXT_MISSING
from home.sandbox import FileRefusedError, archives

from .documents import (
    in_this_process,
    long_document,
    picture,
    policy_document,
    saved,
    with_part,
    with_picture,
    with_svg_instead_of_the_picture,
)


def imported(data: bytes, max_pages: int = 100, keep=lambda *picture: 7):
    return in_this_process(data, max_pages, keep)


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
        "rich_table",
        "picture",
    ]
    heading, text, smaller, table = (found.blocks[n]["value"] for n in (1, 2, 3, 4))
    assert heading == {"text": "一、总的要求", "level": "2"}
    assert smaller["level"] == "3"
    assert "<b>三日内</b>报送 &lt;材料&gt; &amp; 表格。" in text
    assert "<ul><li>第一条</li><li>第二条</li></ul>" in text
    assert table["caption"] == "表1 各项标准"
    cells = [[cell.html for cell in row] for row in rows_of(table["table"])]
    assert cells == [["项目", "金额"], ["甲", "100"], ["乙", "200"]]
    assert kept == [("png", "红色的示意图")]
    assert found.warnings == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (["", "红色的示意图"], ["红色的示意图"]),
        (["红色的示意图", ""], ["红色的示意图"]),
        (["正面", "背面"], ["正面", "背面"]),
        (["", ""], [f"{ALT_TEXT_MISSING}图1的内容"]),
    ],
)
def test_a_picture_that_stands_there_twice_keeps_each_of_its_texts(given, kept):
    document, seen = docx.Document(), []
    for text in given:
        document.add_picture(BytesIO(picture()))
        document.inline_shapes[-1]._inline.docPr.set("descr", text)
    data = BytesIO()
    document.save(data)

    def keep(content, extension, description):
        assert content
        seen.append(description)
        return len(seen)

    found = imported(data.getvalue(), keep=keep)
    assert seen == kept
    assert [one["value"]["image"] for one in found.blocks] == ([1, 2] if len(kept) > 1 else [1, 1])


def test_300_pages_are_refused_in_words_before_anything_is_kept():
    with pytest.raises(FileRefusedError, match="约300页，最多能导入100页"):
        imported(long_document(300), keep=lambda *_: pytest.fail("kept"))
    assert imported(long_document(100)).blocks


@pytest.mark.parametrize("data", [b"", b"not a zip", b"PK\x03\x04broken", picture()])
def test_what_is_no_word_document_is_refused_in_words(data):
    with pytest.raises(FileRefusedError, match=r"docx|Word"):
        imported(data)


def test_another_zip_and_a_cut_document_are_refused():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "x")
    for data in (out.getvalue(), policy_document()[:2000]):
        with pytest.raises(FileRefusedError):
            imported(data)


def test_a_real_zip_bomb_is_refused_without_unpacking_it():
    bomb = with_part(policy_document(), "word/media/zeros.bin", bytes(archives.MAX_UNPACKED + 1))
    assert len(bomb) < 1_000_000
    with pytest.raises(FileRefusedError, match="解开后超过200MB"):
        imported(bomb)


def test_a_document_with_macros_is_refused():
    with pytest.raises(FileRefusedError, match="文件里有宏"):
        imported(with_part(policy_document(), "word/vbaProject.bin", b"macro"))


def test_an_svg_with_script_is_left_out_and_named():
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    data = with_svg_instead_of_the_picture(policy_document(), svg)
    found = imported(data, keep=lambda *_: pytest.fail("kept"))
    assert "第1幅图（svg+xml）不能在网页上显示" in "".join(found.warnings)
    assert "picture" not in [block["type"] for block in found.blocks]
    assert "script" not in str(found.blocks)


def test_an_empty_document_is_refused():
    with pytest.raises(FileRefusedError, match="没有能导入的内容"):
        imported(saved(docx.Document()))


def test_what_needs_an_eye_is_told():
    document = docx.Document()
    document.add_paragraph("正文")
    document.add_table(rows=1, cols=2).cell(0, 0).text = "列"
    document.add_picture(BytesIO(picture()))
    warnings = "".join(imported(saved(document)).warnings)
    assert "第1个表：没有表题" in warnings
    assert "第1幅图没有替代文字" in warnings


def test_an_old_or_locked_file_is_refused_with_what_to_do():
    with pytest.raises(FileRefusedError, match="打开密码"):
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
    with suppress(FileRefusedError):
        assert imported(bytes(data)).blocks


def element(name: str, **attributes):
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def test_a_broken_link_and_a_cell_that_continues_nothing_keep_their_words():
    document = docx.Document()
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), "rId999")
    link.append(docx.Document().add_paragraph("网址")._p.r_lst[0])
    document.add_paragraph("见")._p.append(link)
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "字"
    table.rows[0].cells[0]._tc.get_or_add_tcPr().append(element("w:vMerge", val="continue"))
    text, shown = imported(saved(document)).blocks
    assert text["value"] == "<p>见网址</p>"
    assert "字" in shown["value"]["table"]


def test_words_in_content_controls_are_kept():
    document = docx.Document()
    document.add_paragraph("甲")
    inside = document.add_paragraph("乙")._p
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    inside.addprevious(control)
    content.append(inside)
    control.append(content)
    assert imported(saved(document)).blocks[0]["value"] == "<p>甲</p><p>乙</p>"


def test_merged_cells_stay_merged():
    document = docx.Document()
    table = document.add_table(rows=3, cols=3)
    table.cell(0, 0).text = "项目"
    table.cell(1, 0).merge(table.cell(1, 1)).text = "甲和乙"
    table.cell(1, 2).merge(table.cell(2, 2)).text = "照片"
    found = imported(saved(document))
    grid = [
        [(c.html, c.colspan, c.rowspan) for c in row]
        for row in rows_of(found.blocks[0]["value"]["table"])
    ]
    assert grid == [
        [("项目", 1, 1), ("", 1, 1), ("", 1, 1)],
        [("甲和乙", 2, 1), ("照片", 1, 2)],
        [("", 1, 1), ("", 1, 1)],
    ]


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


def test_the_document_is_read_in_the_sandbox():
    found = Imported.of(policy_document(), max_pages=100)
    assert found.about["title"] == "关于做好某项工作的通知"
    assert found.pictures == 1
    with pytest.raises(FileRefusedError, match="不是能打开的"):
        Imported.of(b"PK\x03\x04broken", max_pages=100)


@pytest.mark.parametrize("spans", [1, 10_000])
def test_a_table_beyond_measure_is_refused_before_it_is_read(spans):
    """300 rows by 2,000 columns in 30 kB were never done."""
    document = docx.Document()
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="{spans}"/></w:tcPr><w:p/></w:tc>'
    rows, width = (3, 1) if spans > 1 else (300, 100)
    table = (
        f'<w:tbl xmlns:w="{nsmap["w"]}"><w:tblPr/><w:tblGrid/>'
        + f"<w:tr>{cell * width}</w:tr>" * rows
        + "</w:tbl>"
    )
    document.element.body.insert(0, parse_xml(table))
    with pytest.raises(FileRefusedError, match="最多能导入20000格"):
        imported(saved(document))


def test_a_picture_that_is_none_is_told_of():
    found = in_this_process(policy_document(), max_pixels=1)
    assert "picture" not in [block["type"] for block in found.blocks]
    assert any("不能在网页上显示" in warning for warning in found.warnings)


@pytest.mark.parametrize("kind", ["TIFF", "PPM", "BMP", "TGA", "EPS", "ICO"])
def test_a_picture_of_another_format_than_it_says_is_left_out_and_named(kind):
    """TIFF bytes named .png broke the image library for all editors."""
    found = in_this_process(with_picture(picture(kind=kind)))
    assert "picture" not in [block["type"] for block in found.blocks]
    assert any("第1幅图（png）不能在网页上显示，没有导入" in one for one in found.warnings)


@pytest.mark.parametrize(
    ("kind", "extension"),
    [("PNG", "png"), ("JPEG", "jpg"), ("MPO", "jpg"), ("GIF", "gif"), ("WEBP", "webp")],
)
def test_a_picture_is_named_by_its_bytes(kind, extension):
    kept = []
    in_this_process(with_picture(picture(kind=kind)), keep=lambda *one: kept.append(one) or 7)
    assert [one[1] for one in kept] == [extension]


def test_a_picture_in_the_sandbox_has_its_place_removed():
    notes = Image.Exif()
    notes.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (23.0, 5.0, 0.0)
    for kind in ("JPEG", "WEBP", "PNG"):
        file = BytesIO()
        Image.new("RGB", (80, 50)).save(file, kind, exif=notes)
        found = Imported.of(with_picture(file.getvalue()), max_pages=100)
        [data] = [one["data"] for one in found.content if one["kind"] == "picture"]
        with Image.open(BytesIO(base64.b64decode(data))) as kept:
            assert (kept.format, kept.size) == (kind, (80, 50))
            assert not kept.getexif()
