"""The parts of a .docx package. Knows nothing of Django: runs inside the sandbox."""

import posixpath
import re
import zipfile
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from home.sandbox import FileRefusedError, archives

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# ISO/IEC 29500 Strict has namespaces of its own; the elements are the same.
STRICT = [
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", RELATIONSHIPS.encode()),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/math",
        b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    ),
    (
        b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
        b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    ),
    (
        b"http://purl.oclc.org/ooxml/drawingml/",
        b"http://schemas.openxmlformats.org/drawingml/2006/",
    ),
]
OLD_FORMAT = b"\xd0\xcf\x11\xe0"  # Of .doc, .wps, and of whatever has a password.
NO_WORD_FILE = "这不是能打开的.docx文件。如果是.doc，请先在Word里另存为.docx。"
OTHER_FORMATS = [
    (
        lambda start, names: start.startswith(OLD_FORMAT),
        "这是旧的.doc或.wps格式，或者设了打开密码。请在Word或WPS里打开，去掉密码，另存为.docx再上传。",
    ),
    (
        lambda start, names: "OFD.xml" in names,
        "这是.ofd版式文件，里面没有可以编辑的文字。请找制作它的.docx，或者作为附件上传。",
    ),
    (
        lambda start, names: "content.xml" in names,
        "这是.odt文件。请在Word或WPS里打开，另存为.docx再上传。",
    ),
    (
        lambda start, names: start.startswith(b"{\\rtf"),
        "这是.rtf文件。请在Word或WPS里打开，另存为.docx再上传。",
    ),
    (
        lambda start, names: start.startswith(b"%PDF"),
        "这是PDF文件。请找制作它的.docx，或者作为附件上传。",
    ),
]


class Relationship:
    def __init__(self, kind: str, target: str, is_external: bool):
        self.kind, self.target, self.is_external = kind, target, is_external


class Package:
    """A package whose archive is whole and within the limits.

    Raises FileRefusedError, in words for the editor, for anything else.
    """

    def __init__(self, path: Path):
        with path.open("rb") as file:
            start = file.read(16)
        try:
            names = archives.check(path) if start.startswith(b"PK") else []
        except FileRefusedError as error:
            words = str(error)
            raise FileRefusedError(words if "MB" in words or "密码" in words else NO_WORD_FILE)
        for matches, message in OTHER_FORMATS:
            if matches(start, names):
                raise FileRefusedError(message)
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise FileRefusedError("文件里有宏，不能导入。请在Word里另存为不带宏的.docx。")
        self._archive = zipfile.ZipFile(path) if names else None
        self._names = {_normal(name): name for name in names}
        self.main = self._main_part()

    def _main_part(self) -> str:
        for relationship in self.relationships("").values():
            is_main = relationship.kind == "officeDocument" and not relationship.is_external
            if is_main and relationship.target in self._names:
                return relationship.target
        if "word/document.xml" in self._names:
            return "word/document.xml"
        raise FileRefusedError(NO_WORD_FILE)

    def data(self, name: str) -> bytes | None:
        """The bytes of a part, or None where it is missing."""
        stored = self._names.get(_normal(name))
        return self._archive.read(stored) if stored else None

    def xml(self, name: str):
        """The root of an XML part in transitional namespaces, or None where it is missing.

        Raises FileRefusedError where it is no XML.
        """
        data = self.data(name)
        if data is None:
            return None
        for strict, transitional in STRICT:
            data = data.replace(strict, transitional)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise FileRefusedError("文件已损坏，请在Word里重新保存后再上传。") from error

    def relationships(self, part: str) -> dict[str, Relationship]:
        """Those of a part by their id; of the package itself for an empty name."""
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = {}
        for element in root if root is not None else ():
            if not isinstance(element.tag, str):
                continue
            is_external = element.get("TargetMode") == "External"
            target = element.get("Target", "")
            if not is_external:
                target = _normal(unquote(posixpath.join("/", folder, target)))
            kind = element.get("Type", "").rsplit("/", 1)[-1]
            found[element.get("Id", "")] = Relationship(kind, target, is_external)
        return found

    @cached_property
    def of_main(self) -> dict[str, Relationship]:
        return self.relationships(self.main)

    def related(self, kind: str):
        """The root of the first part that the document relates to as `kind`, or None."""
        for relationship in self.of_main.values():
            if relationship.kind == kind and not relationship.is_external:
                return self.xml(relationship.target)
        return None

    @cached_property
    def content_types(self) -> dict[str, str]:
        """The declared types by part name and by file extension."""
        root = self.xml("[Content_Types].xml")
        found = {}
        for element in root if root is not None else ():
            if isinstance(element.tag, str):
                key = element.get("PartName") or element.get("Extension") or ""
                found[_normal(key).lower()] = element.get("ContentType", "")
        return found

    def content_type(self, name: str) -> str:
        types = self.content_types
        return types.get(name.lower()) or types.get(name.rsplit(".", 1)[-1].lower(), "")

    def counted_pages(self) -> int:
        """Pages as the program counted them when it saved; 0 where it did not say."""
        found = re.search(rb"<(?:\w+:)?Pages>(\d{1,6})</", self.data("docProps/app.xml") or b"")
        return int(found[1]) if found else 0


def _normal(name: str) -> str:
    return posixpath.normpath(name.replace("\\", "/")).lstrip("/")


def rough_text(element) -> str:
    """The letters of an element without regard to what is shown of them."""
    return "".join(text.text or "" for text in element.iter(f"{W}t")).strip()
