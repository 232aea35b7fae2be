"""Finds personal data in what a visitor typed, so that it is not stored at all."""

import re

from django.core.exceptions import ValidationError

from .characters import plain

_GAP = r"[\s\-‐‑‒–—―−－._·•/~()]{0,2}"
_CHINESE = str.maketrans("〇零一二三四五六七八九幺", "001234567891")
_CHINESE_RUN = re.compile(r"[〇零一二三四五六七八九幺]{11,}")
_LOOK_ALIKE_X = re.compile(r"(?<=\d)[xХхΧχ×](?!\w)")


_BIRTH = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_YEAR = r"(?:18|19|20)\d\d"
IDENTITY = re.compile(
    rf"(?<![\dA-Za-z])(?:[1-6]|8[1-3]|9)\d{{4,5}}{_YEAR}{_BIRTH}\d{{3}}[\dX](?!\d)"
    rf"|(?<![\dA-Za-z])[1-6]\d{{5}}\d\d{_BIRTH}\d{{3}}(?!\d)"
)
_IDENTITY_APART = re.compile(
    rf"(?<![\dA-Za-z])\d(?:{_GAP}\d){{16}}{_GAP}[\dX](?!\d)|(?<![\dA-Za-z])\d(?:{_GAP}\d){{14}}(?!\d)"
)
MOBILE = re.compile(
    rf"(?<![\d.])(?:(?:\+|00)?{_GAP}86{_GAP})?1{_GAP}[3-9](?:{_GAP}\d){{9}}(?!\d)"
    rf"|\+{_GAP}[1-9](?:{_GAP}\d){{7,14}}(?!\d)"
)
# Travel permits of Hong Kong and Macao residents, passports: a letter or two and digits; those of
# other countries are known by the word before them.
PAPER = re.compile(
    r"(?<![A-Za-z\d])(?:[HM]\d{8}(?:\d\d)?|[EGDPSK][A-Z]?\d{7,8})(?![A-Za-z\d])"
    r"|(?:护照|通行证|居住证|证件)(?:号码?)?[^A-Za-z\d]{0,3}[A-Z]{0,3}\s?\d{6,10}(?![A-Za-z\d])"
)
# A telephone of an office is no secret where an error is reported; beside a name it is.
LANDLINE = re.compile(
    rf"(?<![\d.])0{_GAP}[1-9](?:{_GAP}\d){{1,2}}{_GAP}[2-8](?:{_GAP}\d){{6,7}}(?!\d)"
    r"|(?:电话|致电|拨打|座机|联系)[^\d\n]{0,4}[2-8](?:[\s-]?\d){6,7}(?!\d)"
)
MAIL = re.compile(r"[\w.+-]+\s*@\s*[\w-]+\s*\.\s*[\w.]+")


def personal_numbers(text: str, landlines: bool = False) -> list[str]:
    """The kinds of personal data in `text`, in words: 身份证号码, 手机号码, 证件号码, 邮箱, and with
    `landlines` 固定电话号码.

    Recognised in any notation: full-width and invisible characters, gaps, Chinese numerals.
    """
    typed = plain(text)
    typed = _CHINESE_RUN.sub(lambda found: found[0].translate(_CHINESE), typed)
    typed = _LOOK_ALIKE_X.sub("X", typed)
    rest = _IDENTITY_APART.sub(_unless_identity, IDENTITY.sub(" ", typed))
    return [
        name
        for name, is_there in (
            ("身份证号码", rest != typed),
            # Not within an identity number: its birth date looks like the start of a mobile.
            ("手机号码", bool(MOBILE.search(rest))),
            ("证件号码", bool(PAPER.search(rest.upper()))),
            ("固定电话号码", landlines and bool(LANDLINE.search(rest))),
            ("邮箱", bool(MAIL.search(rest))),
        )
        if is_there
    ]


def _unless_identity(found: re.Match) -> str:
    """A space for an identity number with gaps; any other row of digits as it stands."""
    return " " if IDENTITY.fullmatch(re.sub(r"[^\dX]", "", found[0])) else found[0]


def refuse_in_reply(reply: str) -> None:
    """Raises ValidationError for what an office never has to tell in a public answer: numbers of
    papers and mobiles. Its own mail and telephone may be told."""
    if found := [each for each in personal_numbers(reply) if each != "邮箱"]:
        raise ValidationError({"reply": f"答复会公开，请删去{'、'.join(found)}。"})
