"""Telling people from machines when a network address chooses times very often.

With CAPTCHA_VERIFY_URL set, an outside captcha of the usual kind (hCaptcha, Turnstile and the
services that speak the same protocol): its script puts a token into the form, which is checked
once by a POST of secret and token. Without one, and for some minutes after that service did
not answer, a question in words is the last resort; each answer counts once.
"""

import json
import random
import secrets
import urllib.parse
import urllib.request
from urllib.parse import urlsplit

from csp.constants import SELF
from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.utils.crypto import constant_time_compare, salted_hmac

from home import rate_limits
from home.typed_text.characters import plain

from ..write_lock import write_transaction

DIGITS = "零一二三四五六七八九"
QUESTION_SECONDS = 15 * 60
TIMEOUT_SECONDS = 5
DOWN, DOWN_SECONDS = "marriage.captcha_down", 300
SALT = "marriage.question"


def captcha() -> dict | None:
    """{"script", "site_key", "css_class"} of the outside captcha for the page, or None where
    there is none or it does not answer."""
    if not settings.CAPTCHA["verify_url"] or cache.get(DOWN):
        return None
    return {key: settings.CAPTCHA[key] for key in ("script", "site_key", "css_class")}


def csp_sources() -> dict[str, list[str]]:
    """What the page's Content-Security-Policy must allow besides for the captcha to work."""
    if not settings.CAPTCHA["verify_url"]:
        return {}
    parts = urlsplit(settings.CAPTCHA["script"])
    host = f"{parts.scheme}://{parts.netloc}"
    names = ("script-src", "frame-src", "connect-src", "style-src")
    return {name: [SELF, host] for name in names}  # Each stands in place of default-src.


def new_question() -> tuple[str, str]:
    """(question in words, signed answer)."""
    first, second = random.randint(1, 9), random.randint(1, 9)
    signed = signing.dumps([secrets.token_hex(8), _hashed(first + second)], salt=SALT)
    return f"{DIGITS[first]}加{DIGITS[second]}等于几？", signed


def is_passed(form) -> bool:
    """Whether a form (a QueryDict) carries a fresh answer; it is used up by asking."""
    if captcha():
        try:
            return _is_verified(form.get(settings.CAPTCHA["field"], ""))
        except (OSError, ValueError):
            cache.set(DOWN, True, DOWN_SECONDS)
            return False
    return _is_right(form.get("answer", ""), form.get("question", ""))


def _is_verified(token: str) -> bool:
    if not token:
        return False
    url = settings.CAPTCHA["verify_url"]
    if not url.startswith(("https://", "http://")):
        raise ValueError("CAPTCHA_VERIFY_URL is not an http address")
    data = urllib.parse.urlencode({"secret": settings.CAPTCHA["secret"], "response": token[:4000]})
    request = urllib.request.Request(url, data=data.encode("ascii"))  # noqa: S310
    with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310
        return json.load(answer).get("success") is True


def _is_right(answer: str, signed: str) -> bool:
    """Whether the answer, in digits or in words, fits a question of the last minutes that
    nobody has answered yet."""
    try:
        nonce, wanted = signing.loads(signed, salt=SALT, max_age=QUESTION_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return False
    with write_transaction(durable=False):
        if rate_limits.hit("marriage.question", nonce) > 1:
            return False
    number = _number(plain(answer)[:8])
    return number is not None and constant_time_compare(_hashed(number), wanted)


def _number(text: str) -> int | None:
    words = {word: number for number, word in enumerate(DIGITS)} | {"十": 10}
    words |= {f"十{DIGITS[number]}": 10 + number for number in range(1, 9)}
    if text.isdecimal():
        return int(text)
    return words.get(text)


def _hashed(number: int) -> str:
    return salted_hmac(SALT, str(number)).hexdigest()
