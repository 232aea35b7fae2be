"""Telephone numbers: to which a message can be sent, or where somebody can be called."""

import re
import unicodedata

import phonenumbers

from .characters import TypedError, plain

MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
# Country codes that are typed without + or 00, with the numbers that follow them.
_WITHOUT_PLUS = re.compile(r"(?:852|853)\d{8}|8860?9\d{8}", re.ASCII)
_LANDLINE = re.compile(r"0(?:10|2\d)[2-8]\d{7}|0[3-9]\d{2}[2-8]\d{6,7}|400\d{7}", re.ASCII)
_LENGTHS = {852: 8, 853: 8}
_LABEL = re.compile(
    r"^(?:(?:我的)?(?:联系|移动)?(?:手机|电话|号码|手提|tel|phone|mobile|cell)"
    r"[^\W\d〇零一二三四五六七八九幺]{0,3}[::. ]*)+",
    re.I,
)
_CHINESE_DIGITS = str.maketrans("〇零一二三四五六七八九幺", "001234567891")
_SEPARATORS = frozenset(" ()[]/_~·•.,'\"")


def telephone(text: str) -> str:
    """13800138001 for a mobile number of the mainland, +85261234567 for any other.

    Numbers of other places need their country code: 8 digits alone may be Hong Kong or Macao.
    Raises TypedError.
    """
    number = _dialled(text)
    if not number or number == "+":
        raise TypedError("请输入手机号码")
    strange = next((sign for sign in number[1:] if not sign.isdigit()), "")
    if strange or not (number[0] == "+" or number[0].isdigit()):
        raise TypedError(f"手机号码只能是数字，您输入了“{strange or number[0]}”")
    if number.startswith("+"):
        return _with_country_code(number)
    digits = number
    if re.fullmatch(r"0?86(0?1[3-9]\d{9})", digits):
        digits = digits[digits.index("86") + 2 :]
    if re.fullmatch(r"01[3-9]\d{9}", digits):  # The 0 that was once dialled first.
        digits = digits[1:]
    if MOBILE.fullmatch(digits):
        return digits
    if _WITHOUT_PLUS.fullmatch(digits):
        return _with_country_code(f"+{digits}")
    raise TypedError(_why_not(digits))


def contact_number(text: str) -> str:
    """As `telephone`, and 02084420000 for a fixed line of the mainland with its area code, or
    4008123456. Raises TypedError."""
    number = re.sub(r"^\+?86(?=0?[1-9]\d{9})", "", _dialled(text))
    if re.fullmatch(r"(?:10|2\d)[2-8]\d{7}", number):  # +86 20 …, without the 0.
        number = f"0{number}"
    if _LANDLINE.fullmatch(number):
        return number
    if re.fullmatch(r"[2-8]\d{6,7}", number):
        raise TypedError("固定电话请写区号，例如020-84420000")
    if re.fullmatch(r"0(?!1[3-9]\d{9})\d{9,11}", number):
        raise TypedError("这个固定电话号码不对，请核对区号和号码，例如020-84420000")
    return telephone(text)


def _dialled(text: str) -> str:
    """Digits with a + before a country code; what is neither stays, to be named."""
    number = _LABEL.sub("", plain(text)).translate(_CHINESE_DIGITS)
    number = "".join(
        sign for sign in number if sign not in _SEPARATORS and unicodedata.category(sign) != "Pd"
    )
    number = number.rstrip("。;；、")
    return f"+{number[2:]}" if number.startswith("00") else number


def _with_country_code(number: str) -> str:
    if number.startswith("+86") and not number.startswith("+886"):
        national = number[3:].removeprefix("0")
        if not MOBILE.fullmatch(national):
            raise TypedError(_why_not(national))
        return national
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        raise TypedError("没有这个国家或地区的区号，请核对，例如+852 6123 4567")
    national = phonenumbers.national_significant_number(parsed)
    reason = phonenumbers.is_possible_number_with_reason(parsed)
    is_possible = reason == phonenumbers.ValidationResult.IS_POSSIBLE
    if parsed.country_code in _LENGTHS:  # There the library takes short and leased numbers too.
        is_possible = len(national) == _LENGTHS[parsed.country_code]
    if not is_possible or len(set(national)) == 1:
        raise TypedError("这个号码的位数与区号对不上，请核对，例如+852 6123 4567")
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _why_not(digits: str) -> str:
    if re.fullmatch(r"[2-9]\d{7}", digits):
        return "请写区号，例如+852 6123 4567；内地手机号码是11位"
    if re.fullmatch(r"09\d{8}", digits):
        return "台湾号码请写区号，例如+886 912 345 678"
    if re.fullmatch(r"0\d{9,11}", digits):
        return "这像是固定电话，收不到短信。请输入手机号码，境外手机请写区号，例如+852 6123 4567"
    if len(digits) == 22 and MOBILE.fullmatch(digits[:11]):
        return "请只输入一个手机号码"
    if len(digits) != 11:
        return f"请输入11位手机号码，您输入了{len(digits)}位。境外号码请写区号，例如+852 6123 4567"
    return "这不是手机号码，请核对：内地手机号码以13至19开头"
