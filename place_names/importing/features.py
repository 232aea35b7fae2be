"""Streams the features of a GeoJSON file.

`json.load` would hold all features as objects, ten times the size of the file. Here at most
one block and one feature are held.
"""

import json
from collections.abc import Iterator
from typing import IO

BLOCK = 1 << 18
MAX_VALUE_BYTES = 16 * 1024 * 1024
"""Characters of one feature: the outline of a whole district needs a hundredth of it."""

_BLANK = " \t\r\n"
_BEHIND = set(_BLANK + ",:]}")
_decoder = json.JSONDecoder()


class NotGeoJSONError(ValueError):
    """Not a complete FeatureCollection; the message says after which feature, in Chinese."""


def features(file: IO[str], others: dict[str, object] | None = None) -> Iterator[object]:
    """The members of `features` of a FeatureCollection, in order.

    Its other members are put into `others`, those behind the features at the end.

    Raises NotGeoJSONError where the file breaks off or is something else. That may be at its
    very end, so whoever must know reads it through first.
    """
    text, found, kind, count = _Text(file), False, None, 0
    try:
        text.take("{")
        while text.peek() != "}":
            key = text.value()
            text.take(":")
            if key == "features" and not found:
                found = True
                for feature in _members(text):
                    count += 1
                    yield feature
            elif key == "type":
                kind = text.value()
            else:
                value = text.value()
                if others is not None:
                    others[key] = value
            if text.peek() != "}":
                text.take(",")
        text.take("}")
        if text.peek():
            raise NotGeoJSONError("文件末尾有多余的内容")
    except (json.JSONDecodeError, RecursionError) as error:
        where = f"，在第{text.line(error.pos)}行" if isinstance(error, json.JSONDecodeError) else ""
        raise NotGeoJSONError(f"第{count}个要素之后读不下去{where}") from error
    if kind != "FeatureCollection" or not found:
        told = f"“{kind}”" if isinstance(kind, str) and len(kind) < 40 else "没有写明"
        raise NotGeoJSONError(f"类型须为FeatureCollection，现在{told}")


def _members(text: "_Text") -> Iterator[object]:
    text.take("[")
    while text.peek() != "]":
        yield text.value()
        if text.peek() != "]":
            text.take(",")
    text.take("]")


class _Text:
    """A window on the file that values are read from."""

    def __init__(self, file: IO[str]):
        self.file, self.window, self.at, self.ended = file, "", 0, False
        self.passed = 1

    def line(self, at: int) -> int:
        """The line of a place in the window, as an error tells it."""
        return self.passed + self.window.count("\n", 0, at)

    def _more(self) -> None:
        size = max(BLOCK, len(self.window) - self.at)
        block = self.file.read(size)
        self.ended = not block
        self.passed += self.window.count("\n", 0, self.at)
        self.window, self.at = self.window[self.at :] + block, 0

    def peek(self) -> str:
        """The next character that is not blank; empty at the end of the file."""
        while True:
            while self.at < len(self.window):
                if self.window[self.at] not in _BLANK:
                    return self.window[self.at]
                self.at += 1
            if self.ended:
                return ""
            self._more()

    def take(self, wanted: str) -> None:
        if self.peek() != wanted:
            raise json.JSONDecodeError(f"Expected {wanted}", self.window, self.at)
        self.at += 1

    def value(self) -> object:
        self.peek()
        while True:
            try:
                value, end = _decoder.raw_decode(self.window, self.at)
            except json.JSONDecodeError:
                # Perhaps only cut off by the end of the window.
                if self.ended or len(self.window) - self.at > MAX_VALUE_BYTES:
                    raise
            else:
                # A number may go on behind the window, as 0. does.
                if self.window[end : end + 1] in _BEHIND or self.ended:
                    self.at = end
                    return value
            self._more()
