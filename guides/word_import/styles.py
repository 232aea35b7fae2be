"""What paragraphs and runs inherit from their styles."""

import re
from functools import cache

from .package import Package, W

HEADING_NAME = re.compile(r"^(?:heading|标题)\s*(\d)$", re.IGNORECASE)
CONTENTS_NAME = re.compile(r"^(?:toc|目录)\s*\d$|^table of figures$", re.IGNORECASE)
BODY_TEXT = 9  # w:outlineLvl of text that is no heading
MAX_CHAIN = 20
OFF = {"0", "false", "off", "none"}


def value(element, path: str, default: str | None = None) -> str | None:
    """The w:val of the child at `path` (names of the w namespace), if there is one."""
    found = child(element, path)
    return default if found is None else found.get(f"{W}val", default)


def child(element, path: str):
    for name in path.split("/"):
        element = None if element is None else element.find(f"{W}{name}")
    return element


def is_on(properties, name: str) -> bool | None:
    """A toggle such as w:b: True, False, or None where nothing is said."""
    found = child(properties, name)
    return None if found is None else found.get(f"{W}val", "1").lower() not in OFF


class Styles:
    def __init__(self, package: Package):
        root = package.related("styles")
        self._styles, self._defaults = {}, {}
        for style in root.iter(f"{W}style") if root is not None else ():
            self._styles[style.get(f"{W}styleId")] = style
            if style.get(f"{W}default", "0").lower() not in OFF:
                self._defaults[style.get(f"{W}type")] = style.get(f"{W}styleId")
        self.chain = cache(self._chain)

    def _chain(self, key: str | None, kind: str) -> tuple:
        """The style and what it is based on, nearest first; the default style for none."""
        found, key = [], key if key in self._styles else self._defaults.get(kind)
        while key in self._styles and len(found) < MAX_CHAIN:
            style = self._styles[key]
            found.append(style)
            key = value(style, "basedOn")
        return tuple(found)

    def of_paragraph(self, paragraph) -> tuple:
        return self.chain(value(paragraph, "pPr/pStyle"), "paragraph")

    def name(self, paragraph) -> str:
        """The name of the style, lower case; an empty text for none."""
        chain = self.of_paragraph(paragraph)
        return (value(chain[0], "name", "") or "").strip().lower() if chain else ""

    def property(self, paragraph, path: str):
        """The element at `path` below w:pPr: of the paragraph itself, else of its styles."""
        own = child(paragraph, f"pPr/{path}")
        if own is not None:
            return own
        for style in self.of_paragraph(paragraph):
            found = child(style, f"pPr/{path}")
            if found is not None:
                return found
        return None

    def outline_level(self, paragraph) -> int:
        """The level of a heading from 1, by its outline level or its style; 0 for text."""
        found = self.property(paragraph, "outlineLvl")
        level = found.get(f"{W}val", "") if found is not None else ""
        if level.isdigit() and len(level) == 1:
            return 0 if int(level) == BODY_TEXT else int(level) + 1
        for style in self.of_paragraph(paragraph):
            if match := HEADING_NAME.match(value(style, "name", "") or ""):
                return int(match[1])
        return 0

    def is_title(self, paragraph) -> bool:
        return self.name(paragraph) in ("title", "标题")

    def is_contents(self, paragraph) -> bool:
        """Whether the paragraph is an entry of a table of contents."""
        return bool(CONTENTS_NAME.match(self.name(paragraph)))

    def toggle(self, run, paragraph, name: str) -> bool:
        """Whether a toggle such as w:strike holds for a run, by itself or by its styles."""
        own = is_on(child(run, "rPr"), name)
        if own is not None:
            return own
        chains = self.chain(value(run, "rPr/rStyle"), "character"), self.of_paragraph(paragraph)
        if value(run, "rPr/rStyle") is None:
            chains = chains[1:]
        for chain in chains:
            for style in chain:
                found = is_on(child(style, "rPr"), name)
                if found is not None:
                    return found
        return False
