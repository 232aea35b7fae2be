"""Word documents for tests, made as Word makes them."""

import tempfile
import zipfile
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from PIL import Image

from guides.word_import import reading
from guides.word_import.drafts import Imported, body_of


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


def with_picture(content: bytes) -> bytes:
    """The document with other bytes in the place of its picture, whose declared type stays."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(policy_document())) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            is_picture = part.filename.startswith("word/media/")
            new.writestr(part.filename, content if is_picture else old.read(part))
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


def in_this_process(
    data: bytes, max_pages: int = 100, keep=lambda *picture: 7, max_pixels: int = 1_000_000
) -> SimpleNamespace:
    """What the import makes of a document, without the sandbox around it."""
    found = Imported()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(data)
        for value in reading.read(path, max_pages, max_pixels, max_edge=100):
            kind = value.pop("kind")
            if kind == "about":
                found.about = value
            elif kind == "report":
                found.notes = value["notes"]
            elif kind != "source":
                found.content.append({"kind": kind, **value})
    blocks, warnings = body_of(found, keep)
    return SimpleNamespace(
        **found.about, blocks=blocks, warnings=[*found.warnings(), *warnings], content=found.content
    )


def with_body(xml: str, **parts: str) -> bytes:
    """A document with this content of w:body, and other parts of word/ by their name."""
    names = " ".join(
        f'xmlns:{prefix}="{name}"'
        for prefix, name in {
            "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
            "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
            "v": "urn:schemas-microsoft-com:vml",
            "o": "urn:schemas-microsoft-com:office:office",
            "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
            "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        }.items()
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    links = "".join(
        f'<Relationship Id="x{name}" Type="{kind}/{name}" Target="{name}.xml"/>' for name in parts
    )
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}"><Relationship Id="a" Type="{kind}/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        archive.writestr(
            "word/document.xml", f"<w:document {names}><w:body>{xml}</w:body></w:document>"
        )
        archive.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{package}">{links}</Relationships>',
        )
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {names}>{content}</w:{name}>")
    return out.getvalue()
