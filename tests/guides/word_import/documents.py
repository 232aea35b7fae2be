"""Word documents for tests, made as Word makes them."""

import zipfile
from io import BytesIO

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from PIL import Image


def picture(colour: str = "red", size=(40, 30), kind: str = "PNG") -> bytes:
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, kind)
    return out.getvalue()


def saved(document) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def policy_document() -> bytes:
    document = docx.Document()
    document.add_heading("关于做好某项工作的通知", 0)
    document.add_paragraph("示例海民〔2026〕7号")
    document.add_heading("一、总的要求", 1)
    text = document.add_paragraph("请在")
    text.add_run("三日内").bold = True
    text.add_run("报送 <材料> & 表格。")
    document.add_paragraph("第一条", style="List Bullet")
    document.add_paragraph("第二条", style="List Bullet")
    document.add_heading("（一）标准", 2)
    document.add_paragraph("表1 各项标准")
    table = document.add_table(rows=3, cols=2)
    for row, cells in zip(
        table.rows, (("项目", "金额"), ("甲", "100"), ("乙", "200")), strict=True
    ):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    document.add_picture(BytesIO(picture()))
    document.inline_shapes[0]._inline.docPr.set("descr", "红色的示意图")
    return saved(document)


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The document with one more part in its package."""
    out = BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def with_svg_instead_of_the_picture(data: bytes, svg: bytes) -> bytes:
    """The document whose PNG picture has been replaced by an SVG."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename.endswith(".png"):
                part.filename, content = part.filename.replace(".png", ".svg"), svg
            if part.filename.endswith((".rels", ".xml")):
                content = content.replace(b"image1.png", b"image1.svg").replace(
                    b'Extension="png" ContentType="image/png"',
                    b'Extension="svg" ContentType="image/svg+xml"',
                )
            new.writestr(part.filename, content)
    return out.getvalue()


def long_document(pages: int) -> bytes:
    document = docx.Document()
    for _ in range(pages - 1):
        run = document.add_paragraph("一页").add_run()
        line = OxmlElement("w:br")
        line.set(qn("w:type"), "page")
        run._r.append(line)
    return saved(document)
