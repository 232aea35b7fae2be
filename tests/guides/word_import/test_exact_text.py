"""Kinds of text that Word documents hold, and what a page must say of each.

The kinds come from bug reports of mammoth, pandoc, python-docx and docx4j, and from documents
of offices in China.
"""

import zipfile
from io import BytesIO

import pytest

from guides.word_import.front_matter import one_title
from home.sandbox import FileRefusedError

from .documents import in_this_process, with_body


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*parts: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(parts)}</w:p>"


def field(code: str, result: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{code}</w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


TEXT_BOX = (
    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>"
    f"{paragraph(run('框里'))}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback>"
    f"<w:pict><v:textbox><w:txbxContent>{paragraph(run('框里'))}</w:txbxContent></v:textbox></w:pict>"
    "</mc:Fallback></mc:AlternateContent></w:r>"
)
FORMULA = (
    "<m:oMath><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num>"
    "<m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
)
CHECK_BOX = (
    '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="1"/>'
    '</w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)

CASES = {
    "ideographic space": (run("第一条\u3000为了"), "<p>第一条\u3000为了</p>"),
    "no-break space": (run("844\u00a0111\u00a0140"), "<p>844\u00a0111\u00a0140</p>"),
    "several blanks": (run("甲    乙"), "<p>甲\u00a0\u00a0\u00a0\u00a0乙</p>"),
    "underlined blank": (
        run("签名：") + run("      ", '<w:u w:val="single"/>'),
        "<p>签名：______</p>",
    ),
    "smart tag": (
        f"{run('自')}<w:smartTag>{run('2026年5月1日')}</w:smartTag>{run('起')}",
        "<p>自2026年5月1日起</p>",
    ),
    "simple field": (
        f"{run('编号')}<w:fldSimple w:instr='DATE'>{run('9')}</w:fldSimple>{run('号')}",
        "<p>编号9号</p>",
    ),
    "custom XML": (f"<w:customXml>{run('甲')}</w:customXml>", "<p>甲</p>"),
    "direction": (f"<w:bdo w:val='rtl'>{run('甲')}</w:bdo>", "<p>甲</p>"),
    "content control": (f"<w:sdt><w:sdtContent>{run('甲')}</w:sdtContent></w:sdt>", "<p>甲</p>"),
    "field": (run("见") + field("PAGEREF x", run("7")) + run("页"), "<p>见7页</p>"),
    "link by field": (
        field('HYPERLINK "https://example.org/"', run("网站")),
        '<p><a href="https://example.org/">网站</a></p>',
    ),
    "check box": (CHECK_BOX + run("同意"), "<p>☑同意</p>"),
    "text box": (run("正文") + TEXT_BOX, "<p>正文</p><p>框里</p>"),
    "deleted": (
        f"{run('甲')}<w:del><w:r><w:delText>乙</w:delText></w:r></w:del><w:ins>{run('丙')}</w:ins>",
        "<p>甲丙</p>",
    ),
    "no-break hyphen": (
        "<w:r><w:t>020</w:t><w:noBreakHyphen/><w:t>1</w:t></w:r>",
        "<p>020\u20111</p>",
    ),
    "symbol": ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + run("有"), "<p>☑有</p>"),
    "raised": (run("m") + run("2", '<w:vertAlign w:val="superscript"/>'), "<p>m<sup>2</sup></p>"),
    "line break": ("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r>", "<p>甲<br/>乙</p>"),
    "tab": ("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r>", "<p>甲\u3000乙</p>"),
    "markup": (run("&lt;b&gt;不是粗体"), "<p>&lt;b&gt;不是粗体</p>"),
    "formula": (run("均值＝") + FORMULA, "<p>均值＝(a+b)/2</p>"),
}


@pytest.mark.parametrize("kind", CASES)
def test_everything_that_a_reader_sees_is_kept(kind):
    xml, expected = CASES[kind]
    found = in_this_process(with_body(paragraph(xml)))
    assert "".join(block["value"] for block in found.blocks) == expected


@pytest.mark.parametrize(
    ("xml", "html", "note"),
    [
        (
            paragraph(run("每人"), run("100元", "<w:strike/>"), run("200元")),
            "<p>每人200元</p>",
            "第1段：划掉的文字没有导入：“100元”。",
        ),
        (
            paragraph(run("甲")) + paragraph(run("乙"), run("密", "<w:vanish/>")),
            "<p>甲</p><p>乙</p>",
            "第2段：隐藏的文字没有导入：“密”。",
        ),
        (
            paragraph(run("甲"), FORMULA),
            "<p>甲(a+b)/2</p>",
            "第1段：公式已改成一行文字“(a+b)/2”，请核对。",
        ),
        (
            paragraph(run("甲"), '<w:r><w:sym w:font="Webdings" w:char="F063"/></w:r>'),
            "<p>甲</p>",
            "第1段：字体“Webdings”里的一个符号没有导入。",
        ),
        (
            paragraph(
                run("甲"), '<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>'
            ),
            "<p>甲</p>",
            "第1段：嵌入的文件（Excel.Sheet.12）没有导入。",
        ),
        (
            paragraph(
                "<w:r><w:ruby><w:rt><w:r><w:t>chǒng</w:t></w:r></w:rt>"
                "<w:rubyBase><w:r><w:t>涌</w:t></w:r></w:rubyBase></w:ruby></w:r>"
            ),
            "<p>涌</p>",
            "第1段：注音没有导入：“chǒng”。",
        ),
    ],
)
def test_what_cannot_be_kept_is_named_with_its_place(xml, html, note):
    found = in_this_process(with_body(xml))
    assert "".join(block["value"] for block in found.blocks) == html
    assert note in found.warnings


def test_foot_notes_stand_at_the_end_and_comments_in_the_report():
    body = paragraph(run("正文"), '<w:r><w:footnoteReference w:id="2"/></w:r>')
    notes = f'<w:footnote w:id="2">{paragraph(run("注释的话"))}</w:footnote>'
    comments = f'<w:comment w:id="0">{paragraph(run("请核对金额"))}</w:comment>'
    found = in_this_process(with_body(body, footnotes=notes, comments=comments))
    html = "".join(block["value"] for block in found.blocks)
    assert html == "<p>正文<sup>[1]</sup></p><p>[1] 注释的话</p>"
    assert "批注没有导入：“请核对金额”。" in found.warnings


def test_a_table_of_contents_is_no_text():
    body = (
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj>"
        f"</w:sdtPr><w:sdtContent>{paragraph(run('一、总则1'))}</w:sdtContent></w:sdt>"
        + paragraph(field("TOC \\o", run("二、分则2")))
        + paragraph(run("正文"))
    )
    found = in_this_process(with_body(body))
    assert [block["value"] for block in found.blocks] == ["<p>正文</p>"]
    assert "目录没有导入：网页上不需要页码。" in found.warnings


def test_outline_levels_are_headings_and_a_section_is_no_title():
    level = '<w:outlineLvl w:val="{}"/>'
    body = (
        paragraph(run("一、适用范围"), properties=level.format(0))
        + paragraph(run("正文"))
        + paragraph(run("（一）申请"), properties=level.format(1))
    )
    found = in_this_process(with_body(body))
    assert found.title == ""
    assert [block["value"] for block in found.blocks] == [
        {"text": "一、适用范围", "level": "2"},
        "<p>正文</p>",
        {"text": "（一）申请", "level": "3"},
    ]


def test_a_centred_title_over_several_lines_is_the_title():
    centred = '<w:jc w:val="center"/>'
    body = (
        paragraph(run("海民〔2026〕7号"), properties=centred)
        + paragraph(run("关于印发示例办法的"), properties=centred)
        + paragraph(run("通知"), properties=centred)
        + paragraph(run("各街道："))
        + paragraph(run("2026年5月1日"))
        + paragraph(run("本办法自2026年6月1日起施行，有效期5年。"))
    )
    found = in_this_process(with_body(body))
    assert (found.title, found.document_number) == ("关于印发示例办法的通知", "海民〔2026〕7号")
    assert found.dates == ["2026年5月1日"]
    assert found.validity == ["自2026年6月1日起施行", "有效期5年"]


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["关于做好", "某项工作的通知"], "关于做好某项工作的通知"),
        (["Changes to the Spec", "Last Updated"], "Changes to the Spec Last Updated"),
        (["海珠区", "2026年计划"], "海珠区2026年计划"),
        (["", " 通  知 "], "通 知"),
    ],
)
def test_a_title_over_several_lines_is_joined_as_it_reads(lines, title):
    assert one_title(lines) == title
    breaks = "<w:br/>".join(f"<w:t xml:space='preserve'>{line}</w:t>" for line in lines)
    xml = f"<w:p><w:pPr><w:jc w:val='center'/></w:pPr><w:r>{breaks}</w:r></w:p>"
    assert in_this_process(with_body(xml + paragraph(run("正文。")))).title == title


def test_strict_documents_are_read():
    body = paragraph(run("甲"))
    assert in_this_process(as_strict(with_body(body))).blocks[0]["value"] == "<p>甲</p>"


def as_strict(data: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            for before, after in (
                (
                    b"http://schemas.openxmlformats.org/wordprocessingml/2006/",
                    b"http://purl.oclc.org/ooxml/wordprocessingml/",
                ),
                (
                    b"http://schemas.openxmlformats.org/officeDocument/2006/",
                    b"http://purl.oclc.org/ooxml/officeDocument/",
                ),
            ):
                content = content.replace(before, after)
            new.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7", "PDF"),
        (b"{\\rtf1}", ".rtf"),
        (b"\xd0\xcf\x11\xe0" + bytes(20), "另存为.docx"),
    ],
)
def test_other_formats_are_refused_with_what_to_do(data, words):
    with pytest.raises(FileRefusedError, match=words):
        in_this_process(data)
