"""The parts of a .docx package beside its text: comments, headers and footers."""

from .package import Package, W, rough_text
from .report import Report, shortened


def report_other_parts(package: Package, report: Report) -> None:
    """Names in the report what these parts say, for a page has no room for it."""
    root = package.related("comments")
    for comment in root.iter(f"{W}comment") if root is not None else ():
        report.add(f"批注没有导入：“{shortened(rough_text(comment))}”。", "")
    for kind, name in (("header", "页眉"), ("footer", "页脚")):
        words = []
        for relationship in package.of_main.values():
            if relationship.kind == kind and not relationship.is_external:
                part = package.xml(relationship.target)
                words.append(rough_text(part) if part is not None else "")
        if text := "；".join(dict.fromkeys(filter(None, map(str.strip, words)))):
            report.add(f"{name}没有导入：“{shortened(text)}”。", "")
