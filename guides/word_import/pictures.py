"""The pictures of a .docx document, made fit for a web page."""

import base64
from io import BytesIO

from home.files.pictures import fit

from .package import Package, R
from .report import Report

DESCRIBED = ("inline", "anchor")


class PictureReader:
    """Numbers the pictures of a document and gives the data of each only once."""

    def __init__(self, package: Package, report: Report, max_pixels: int, max_edge: int):
        self.package, self.report = package, report
        self.limits = max_pixels, max_edge
        self.known: dict[str, tuple[dict, str] | None] = {}

    def read(self, element) -> dict | None:
        """What a picture block says: number, extension, description, caption and data.

        The data are in base64 on the first use of a picture and empty later. None if the
        picture cannot be shown, which is told in the report.
        """
        key = element.get(f"{R}embed") or element.get(f"{R}id") or ""
        relationship = self.package.of_main.get(key)
        data = None
        if relationship and not relationship.is_external:
            data = self.package.data(relationship.target)
        if data is None:
            if key or element.get(f"{R}link"):
                self.report.left_out("没有保存在文件里的图片")
            return None
        name = relationship.target
        if name not in self.known:
            self.known[name] = self._prepared(name, data)
        if (known := self.known[name]) is None:
            return None
        picture, content = known
        self.known[name] = picture, ""
        description = _description(element)
        return {**picture, "description": description, "caption": "", "data": content}

    def _prepared(self, name: str, data: bytes) -> tuple[dict, str] | None:
        number = len(self.known) + 1
        found = fit(BytesIO(data), *self.limits)
        if found is None:
            kind = self.package.content_type(name)
            shown = kind.removeprefix("image/") or name.rsplit(".", 1)[-1]
            self.report.add(f"第{number}幅图（{shown}）不能在网页上显示，没有导入。")
            return None
        extension, content = found
        picture = {"number": number, "extension": extension}
        return picture, base64.b64encode(content or data).decode()


def _description(element) -> str:
    """The alternative text that the author gave the picture, if any."""
    for ancestor in element.iterancestors():
        name = ancestor.tag.rsplit("}", 1)[-1]
        if name in DESCRIBED:
            for found in ancestor:
                if found.tag.rsplit("}", 1)[-1] == "docPr":
                    return (found.get("descr") or "").strip()[:255]
        if name == "shape" and ancestor.get("alt"):
            return ancestor.get("alt").strip()[:255]
    return ""
