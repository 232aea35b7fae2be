"""The languages of the site: Chinese, and English for the tasks that foreigners come for.

The address alone decides: what lies under `/en/` is English, all else Chinese, whatever the
browser prefers. English pages are Wagtail's translations (a page has a `locale`, and a
`translation_key` that it shares with its Chinese original); the words around them come from
`home/locale/en/`, with the Chinese as the msgid. So do values of shared records that English
pages show (materials, fees, hours); a value without a translation is shown in Chinese.
"""

import re

from django.http import HttpRequest, HttpResponse
from django.utils import translation

CHINESE, ENGLISH = "zh-hans", "en"
ENGLISH_ADDRESS = "/en/"
HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
# How documents name the languages (BCP 47).
TAGS = {CHINESE: "zh-Hans", ENGLISH: "en"}


def is_english_address(path: str) -> bool:
    return path.startswith(ENGLISH_ADDRESS)


def language_in_use() -> str:
    """The language of what is being answered; Chinese where nobody chose one (commands, jobs)."""
    return ENGLISH if translation.get_language() == ENGLISH else CHINESE


def is_english() -> bool:
    return language_in_use() == ENGLISH


def in_english_or_left_out(unit: str) -> str:
    """A unit in the language in use. English has no words for 条, 个 and the like: they are left
    out, and so is all that nobody translated; the sentence names what is counted."""
    if not is_english():
        return unit
    translated = translation.gettext(unit)
    return "" if HAN.search(translated) else translated


class LanguageMiddleware:
    """Answers in English under `/en/`, errors too. Comes before the page cache, whose memoized
    values are apart for each language."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_english_address(request.path_info):
            return self.get_response(request)
        with translation.override(ENGLISH):
            return self.get_response(request)
