"""Opening a .docx file that may be anything at all, and how long it is."""

import re
import zipfile
from io import BytesIO

import docx
from docx.document import Document
from docx.oxml.ns import qn

LETTERS_A_PAGE = 800  # of a printed Chinese page, for files that do not say their length
MOST_UNPACKED = 200 * 1024 * 1024
MOST_PARTS = 5000
OLD_FORMAT = b"\xd0\xcf\x11\xe0"  # Of .doc, and of what has a password.


class UnreadableError(Exception):
    """The file cannot be imported; the message says why, to the editor."""


def opened(data: bytes) -> Document:
    """The document in `data`; raises UnreadableError in words for the editor."""
    if data.startswith(OLD_FORMAT):
        raise UnreadableError(
            "这是旧的.doc格式，或者设了打开密码。请在Word里打开，去掉密码，另存为.docx再上传。"
        )
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(p.file_size for p in parts) > MOST_UNPACKED:
                raise UnreadableError("文件解开后太大，不能导入。请减少图片后再试。")
            if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
                raise UnreadableError("文件里有宏，不能导入。请在Word里另存为不带宏的.docx。")
            if archive.testzip():
                raise UnreadableError("文件已损坏，请重新保存后再上传。")
        return docx.Document(BytesIO(data))
    except UnreadableError:
        raise
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError):
        raise UnreadableError("这不是能打开的.docx文件。如果是.doc，请先在Word里另存为.docx。")
    except Exception as error:  # python-docx raises what lxml and its own code happen to raise.
        raise UnreadableError("文件已损坏或者不是Word文档，请重新保存后再上传。") from error


def page_count(document: Document) -> int:
    """Pages as Word counted them when it saved, or estimated from breaks and letters."""
    counted = 0
    for part in document.part.package.iter_parts():
        if str(part.partname) == "/docProps/app.xml":
            found = re.search(rb"<Pages>(\d{1,6})</Pages>", part.blob)
            counted = int(found[1]) if found else 0
    body = document.element.body
    breaks = len(list(body.iter(qn("w:lastRenderedPageBreak"))))
    breaks += sum(1 for b in body.iter(qn("w:br")) if b.get(qn("w:type")) == "page")
    letters = sum(len(text.text or "") for text in body.iter(qn("w:t")))
    return max(counted, breaks + 1, -(-letters // LETTERS_A_PAGE))
