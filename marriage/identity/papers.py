"""The papers by which people prove who they are, the same for all services and at the desk.

《婚姻登记条例》 (Decree 804 of 2025) arts. 8 and 15 name them. What can be read from a number is
read from it: an 18-digit number tells birth date and sex, the prefix of a permit the region.
"""

import re
from dataclasses import dataclass
from datetime import date

from home.typed_text import TypedError, compact, paper_number

from .id_numbers import Identity, IdentityError, Kind, parse

ID_CARD = "id_card"
RESIDENCE_PERMIT = "residence_permit"
HK_MACAO_PERMIT = "hk_macao_permit"
TAIWAN_PERMIT = "taiwan_permit"
CHINESE_PASSPORT = "chinese_passport"
PASSPORT = "passport"
FOREIGNER_CARD = "foreigner_card"
MILITARY = "military"
# Stored before papers had kinds of their own.
OTHER_PAPER = "other"

# Origins of people, as the question "origin" names them.
MAINLAND, HONG_KONG, MACAO, TAIWAN = "mainland", "hong_kong", "macao", "taiwan"
OVERSEAS, FOREIGN = "overseas", "foreign"
ORIGIN_WORDS = {
    MAINLAND: "内地居民",
    HONG_KONG: "香港居民",
    MACAO: "澳门居民",
    TAIWAN: "台湾居民",
    OVERSEAS: "华侨",
    FOREIGN: "外国人",
}


@dataclass(frozen=True)
class PaperKind:
    """One kind of paper: `origins` are the people who may use it."""

    key: str
    title: str
    hint: str
    origins: frozenset[str]


PAPERS = {
    kind.key: kind
    for kind in (
        PaperKind(
            ID_CARD,
            "居民身份证（含临时身份证）",
            "18位，最后一位可能是X",
            frozenset({MAINLAND}),
        ),
        PaperKind(
            MILITARY,
            "军官证、士官证、文职干部证",
            "按证件填写，例如 军字第1234567号",
            frozenset({MAINLAND}),
        ),
        PaperKind(
            HK_MACAO_PERMIT,
            "港澳居民来往内地通行证（回乡证）",
            "H或M加8位数字",
            frozenset({HONG_KONG, MACAO}),
        ),
        PaperKind(
            TAIWAN_PERMIT,
            "台湾居民来往大陆通行证（台胞证）",
            "8位数字",
            frozenset({TAIWAN}),
        ),
        PaperKind(
            RESIDENCE_PERMIT,
            "港澳台居民居住证",
            "18位，81、82或83开头",
            frozenset({HONG_KONG, MACAO, TAIWAN}),
        ),
        PaperKind(
            CHINESE_PASSPORT,
            "中国护照（华侨）",
            "1至2个字母加7至8位数字",
            frozenset({OVERSEAS}),
        ),
        PaperKind(
            PASSPORT,
            "外国护照或者国际旅行证件",
            "护照上的号码，字母和数字",
            frozenset({FOREIGN}),
        ),
        PaperKind(
            FOREIGNER_CARD,
            "外国人永久居留身份证",
            "18位，或者3个字母加12位数字",
            frozenset({FOREIGN}),
        ),
    )
}
_TITLES = {key: kind.title for key, kind in PAPERS.items()} | {OTHER_PAPER: "护照、通行证"}
_OF_KIND = {
    Kind.MAINLAND: (ID_CARD, MAINLAND),
    Kind.HONG_KONG: (RESIDENCE_PERMIT, HONG_KONG),
    Kind.MACAO: (RESIDENCE_PERMIT, MACAO),
    Kind.TAIWAN: (RESIDENCE_PERMIT, TAIWAN),
    Kind.FOREIGN: (FOREIGNER_CARD, FOREIGN),
}
_WITH_CHECK_DIGIT = frozenset({ID_CARD, RESIDENCE_PERMIT, FOREIGNER_CARD})


@dataclass(frozen=True)
class Paper:
    """A checked paper. `origin` is where its holder is from ("" where the paper does not
    tell); `identity` is what an 18-digit number tells, else None."""

    kind: str
    number: str
    origin: str
    identity: Identity | None = None


def title_of(kind: str) -> str:
    return _TITLES.get(kind, "证件")


def read_paper(kind: str, text: str, today: date | None = None) -> Paper:
    """The paper behind a typed number. Raises TypedError with a message for the person.

    The three papers with an 18-digit number are told apart by the number itself, so that
    somebody who ticked the wrong one of them is not sent back.
    """
    if kind not in PAPERS:
        raise TypedError("请选择证件种类")
    if kind == MILITARY:
        return Paper(kind, _military(text), MAINLAND)
    number = paper_number(text)
    if not number:
        raise TypedError("请输入证件号码")
    if kind in _WITH_CHECK_DIGIT and not _is_old_foreigner_card(kind, number):
        try:
            identity = parse(number, today)
        except IdentityError as error:
            raise TypedError(error.message)
        found, origin = _OF_KIND[identity.kind]
        return Paper(found, identity.number, origin, identity)
    return Paper(kind, *_CHECKS[kind](number))


def _is_old_foreigner_card(kind: str, number: str) -> bool:
    return kind == FOREIGNER_CARD and bool(re.fullmatch(r"[A-Z]{3}\d{12}", number))


def _military(text: str) -> str:
    """军字第1234567: the letter of the unit and the number, however 字第…号 was typed."""
    typed = compact(text)
    found = re.fullmatch(r"\W*(\w{1,3}?)字?第?(\d{6,8})号?", typed)
    if not found or found[1][0].isdigit():
        raise TypedError("请按证件填写字号，例如 军字第1234567号")
    return f"{found[1].removesuffix('字')}字第{found[2]}"


def _hk_macao_permit(number: str) -> tuple[str, str]:
    # The two digits after it count the cards issued; the number stays for life.
    found = re.fullmatch(r"([HM]\d{8})(?:\d{2})?", number)
    if not found:
        raise TypedError("回乡证号码是H（香港）或者M（澳门）加8位数字，请核对")
    return found[1], HONG_KONG if number[0] == "H" else MACAO


def _taiwan_permit(number: str) -> tuple[str, str]:
    # The card has 8 digits; booklets of before 2016 have two of the issue after them.
    found = re.fullmatch(r"T?(\d{8})(?:\d{2})?[A-Z]?", number)
    if not found:
        raise TypedError("台胞证号码是8位数字，请核对")
    return found[1], TAIWAN


def _chinese_passport(number: str) -> tuple[str, str]:
    if not re.fullmatch(r"[A-Z]\d{8}|[A-Z]{2}\d{7}|[A-Z]\d{7}", number):
        raise TypedError("中国护照的号码是1至2个字母加7至8位数字，请核对")
    return number, OVERSEAS


def _passport(number: str) -> tuple[str, str]:
    if len(number) == 18 and number[:17].isdigit():
        raise TypedError("这像是18位的身份证号码，请选择对应的证件种类")
    if not re.fullmatch(r"(?=.*\d)[A-Z0-9]{5,15}", number):
        raise TypedError("护照号码是5至15位字母和数字，请核对")
    return number, FOREIGN


def _old_foreigner_card(number: str) -> tuple[str, str]:
    return number, FOREIGN


_CHECKS = {
    HK_MACAO_PERMIT: _hk_macao_permit,
    TAIWAN_PERMIT: _taiwan_permit,
    CHINESE_PASSPORT: _chinese_passport,
    PASSPORT: _passport,
    FOREIGNER_CARD: _old_foreigner_card,
}


def papers_for(origins: list[str]) -> list[PaperKind]:
    """The kinds of paper that people from these places have, in the order of the table; all
    when nothing is known. A soldier's paper is offered where a soldier is."""
    declared = set(origins)
    return [
        kind
        for kind in PAPERS.values()
        if not declared
        or (kind.origins & declared and (kind.key != MILITARY or MILITARY in declared))
    ]
