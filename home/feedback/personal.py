"""Finding personal numbers in what a visitor typed, so that they are not stored at all."""

import re
import unicodedata

# 18 digits of an identity card (the last may be X) and mobile numbers, also with gaps.
IDENTITY = re.compile(r"(?<!\d)\d{6}[\s-]?\d{8}[\s-]?\d{3}[\dXx](?!\d)")
MOBILE = re.compile(r"(?<!\d)1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\d)")
MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")


def personal_numbers(text: str) -> list[str]:
    """The kinds of personal data in `text`, in words: 身份证号码, 手机号码, 邮箱."""
    plain = unicodedata.normalize("NFKC", text)
    kinds = (("身份证号码", IDENTITY), ("手机号码", MOBILE), ("邮箱", MAIL))
    return [name for name, pattern in kinds if pattern.search(plain)]
