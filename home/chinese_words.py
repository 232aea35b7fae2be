"""Chinese words in English pages are marked as Chinese, so that screen readers change the voice and
browsers choose the glyphs (WCAG 2.2, 3.1.2): names, titles of laws, labels of Chinese forms."""

import re

from django.http import HttpRequest, HttpResponse

from home.languages.locales import is_english_address
from home.traditional.middleware import is_page
from home.traditional.pages import NAME, TOKEN, VOID

_HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
_MARKS = "\u3001-\u303f\uff01-\uff5e“”…·"
WORDS = re.compile(f"[《（“]?\\d*[{_HAN}](?:[{_HAN}{_MARKS}\\d]*[{_HAN}》）”？])?")
_LANGUAGE = re.compile(r"""\slang\s*=\s*["']?([a-z-]*)""", re.I)
UNMARKED = {"title", "option"}
"""They hold text alone."""


def mark_chinese(page: str) -> str:
    """The HTML page with Chinese words in `<span lang="zh-Hans">`; what is inside an element that
    names its language stays as it is."""
    parts: list[str] = []
    depth, end = 0, 0  # depth: open elements within one that is in another language or text alone.
    for match in TOKEN.finditer(page):
        parts.append(_marked(page[end : match.start()], depth))
        token, end = match[0], match.end()
        parts.append(token)
        if token.startswith("<!") or match["raw"]:
            continue
        name = NAME.match(token)[1].lower()
        if token.startswith("</"):
            depth -= 1 if depth else 0
        elif name not in VOID and not token.endswith("/>") and (depth or _stays(name, token)):
            depth += 1
    return "".join([*parts, _marked(page[end:], depth)])


def _stays(name: str, token: str) -> bool:
    found = _LANGUAGE.search(token)
    return name in UNMARKED or (name != "html" and found is not None)


def _marked(text: str, depth: int) -> str:
    return text if depth else WORDS.sub(r'<span lang="zh-Hans">\g<0></span>', text)


class ChineseWordsMiddleware:
    """Comes just inside the page cache, which then stores the marked page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if is_english_address(request.path_info) and is_page(response):
            response.content = mark_chinese(response.content.decode()).encode()
            if "Content-Length" in response:
                response["Content-Length"] = str(len(response.content))
        return response
