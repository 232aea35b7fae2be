"""The readable text of an HTML page in traditional characters; every other byte stays.

Converted are texts between tags and the attributes that people read or hear. What a visitor typed
or would send, addresses, identifiers, scripts and styles stay. So does an element with
`translate="no"` or in another language (`lang`), with all that it contains.
"""

import html
import re
from collections.abc import Callable, Iterable, Iterator

from .text import HAN, NO_FORMS, Forms, to_traditional

LANGUAGE = "zh-Hant"
READABLE = {
    "alt",
    "aria-description",
    "aria-label",
    "aria-roledescription",
    "aria-valuetext",
    "data-label",  # The style sheet shows it: heading of a cell in a narrow table.
    "label",
    "placeholder",
    "title",
}
READABLE_META = {
    "description",
    "og:description",
    "og:image:alt",
    "og:site_name",
    "og:title",
    "twitter:description",
    "twitter:title",
}
# What stands in them is no prose, or was typed.
RAW = "script|style|textarea|template|noscript|iframe|xmp"
KEPT = {"code", "kbd", "pre", "samp"}
VOID = {"br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_TAG_REST = r"""(?:[^<>"']++|"[^"]*+"|'[^']*+')*+>"""
TOKEN = re.compile(
    rf"<!--.*?(?:-->|\Z)|<(?P<raw>{RAW})\b{_TAG_REST}.*?(?:</(?P=raw)\s*>|\Z)"
    rf"|</?[a-z]{_TAG_REST}|<!{_TAG_REST}",
    re.I | re.S,
)
NAME = re.compile(r"</?([a-z][^\s/>]*)", re.I)
ATTRIBUTE = re.compile(
    r"""\s([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""", re.S
)
BETWEEN = "\x1f"
"""Between two texts, so that one call converts them all and no phrase crosses a tag."""


def page_in_traditional(page: str, forms: Forms = NO_FORMS, typed: Iterable[str] = ()) -> str:
    """The page in traditional characters, with the language of `<html>` set to `zh-Hant`.

    `typed` are texts of this visitor that the title of the page may quote: they stay in it.
    """
    parts = list(_parts(page))
    readable = [index for index, (kind, _) in enumerate(parts) if kind != "other"]
    texts = [parts[index][1] for index in readable]
    converted = _convert_all(texts, Forms({key: html.escape(v) for key, v in forms.forms.items()}))
    written = [text for _, text in parts]
    for index, old, new in zip(readable, texts, converted, strict=True):
        written[index] = _as_typed(old, new, typed) if parts[index][0] == "title" else new
    return "".join(written)


def _convert_all(texts: list[str], forms: Forms) -> list[str]:
    if any(BETWEEN in text for text in texts):
        return [to_traditional(text, forms) for text in texts]
    return to_traditional(BETWEEN.join(texts), forms).split(BETWEEN) if texts else []


def _as_typed(old: str, new: str, typed: Iterable[str]) -> str:
    """The converted title with the quoted texts as they were typed."""
    if len(old) != len(new):
        return new
    for text in map(html.escape, typed):
        at = old.find(text) if text else -1
        if at >= 0:
            new = new[:at] + text + new[at + len(text) :]
    return new


def _parts(page: str) -> Iterator[tuple[str, str]]:
    """The page in pieces: (`text`, `title` or `other`, the piece as it is written)."""
    end, kept, depth, in_title, no_text = 0, "", 0, False, False
    for match in TOKEN.finditer(page):
        between, token = page[end : match.start()], match[0]
        end = match.end()
        is_read = not kept and not no_text and HAN.search(between)
        yield ("title" if in_title else "text") if is_read else "other", between
        name = "" if token.startswith("<!") else NAME.match(token)[1].lower()
        closes = token.startswith("</")
        if kept:
            if name == kept:
                depth += -1 if closes else 1
                kept = kept if depth else ""
            yield "other", token
            continue
        if name in ("title", "option"):
            # An option without a value sends its text.
            in_title = name == "title" and not closes
            no_text = name == "option" and not closes and "value" not in _attributes(token)
        if name and not closes and not match["raw"] and _stays(name, token):
            if name not in VOID:
                kept, depth = name, 1
            yield "other", token
        elif name == "html" and not closes:
            yield "other", re.sub(r'\blang="[^"]*"', f'lang="{LANGUAGE}"', token, count=1)
        elif name and not closes and not match["raw"]:
            yield from _tag_parts(name, token)
        else:
            yield "other", token
    yield "other" if kept or not HAN.search(page[end:]) else "text", page[end:]


def _attributes(tag: str) -> dict[str, str]:
    return {
        match[1].lower(): next((value for value in match.groups()[1:] if value is not None), "")
        for match in ATTRIBUTE.finditer(tag)
    }


def _stays(name: str, tag: str) -> bool:
    if name in KEPT:
        return True
    if name == "html" or ("translate" not in tag and "lang" not in tag):
        return False
    found = _attributes(tag)
    return found.get("translate") == "no" or "lang" in found


def _tag_parts(name: str, tag: str) -> Iterator[tuple[str, str]]:
    if not HAN.search(tag):
        yield "other", tag
        return
    readable: Callable[[str], bool] = READABLE.__contains__
    if name == "meta":
        found = _attributes(tag)
        about = found.get("name") or found.get("property") or ""
        readable = lambda key: key == "content" and about in READABLE_META  # noqa: E731
    end = 0
    for match in ATTRIBUTE.finditer(tag):
        group = next((number for number in (2, 3, 4) if match[number] is not None), 0)
        if group and readable(match[1].lower()) and HAN.search(match[group]):
            yield "other", tag[end : match.start(group)]
            yield "text", match[group]
            end = match.end(group)
    yield "other", tag[end:]
