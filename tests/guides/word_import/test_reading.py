import zipfile
from contextlib import suppress
from io import BytesIO

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guides.word_import.reading import MOST_UNPACKED, UnreadableError, read

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
    monkeypatch.setattr("guides.word_import.reading.MOST_UNPACKED", 1000)
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


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 30000), st.binary(min_size=1, max_size=40))
def test_a_damaged_file_is_read_or_refused_never_worse(position, noise):
    data = bytearray(policy_document())
    position %= len(data)
    data[position : position + len(noise)] = noise
    with suppress(UnreadableError):
        assert imported(bytes(data)).blocks
