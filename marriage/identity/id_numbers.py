"""Identity numbers: reading, checking, masking, and what they tell about a person.

The number is that of GB 11643-1999: six digits of a place, eight of the birth date, three of
a sequence (odd for men) and a check character by ISO 7064 MOD 11-2. Residence permits of
Hong Kong, Macao and Taiwan residents (810000, 820000, 830000) and the permanent residence
cards of foreigners that start with 9 are built the same way.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from home.typed_text import paper_number

LENGTH = 18
STAFF_TAIL = 2
WEIGHTS = tuple(2**place % 11 for place in range(LENGTH - 1, 0, -1))
CHECK_CHARACTERS = "10X98765432"
# Codes of provinces, GB/T 2260; 8x are residence permits, 9x foreigners' permanent residence.
PROVINCES = ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65))
MAINLAND = frozenset(str(code) for first, last in PROVINCES for code in range(first, last + 1))


class Sex(StrEnum):
    MAN = "man"
    WOMAN = "woman"


class Kind(StrEnum):
    """Where the holder is registered; all but MAINLAND need an office with that power."""

    MAINLAND = "mainland"
    HONG_KONG = "hong_kong"
    MACAO = "macao"
    TAIWAN = "taiwan"
    FOREIGN = "foreign"


RESIDENCE_PERMITS = {"810000": Kind.HONG_KONG, "820000": Kind.MACAO, "830000": Kind.TAIWAN}
SEX_WORDS = {Sex.MAN: "男方", Sex.WOMAN: "女方"}


class IdentityError(ValueError):
    """The number cannot be right; `message` tells the person what to do, in Chinese."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class Identity:
    """A checked number and what can be read from it."""

    number: str
    kind: Kind
    birth_date: date
    sex: Sex

    @property
    def needs_special_office(self) -> bool:
        return self.kind is not Kind.MAINLAND

    @property
    def tail(self) -> str:
        """The last four characters, by which a booking is looked up."""
        return self.number[-4:]

    def __repr__(self) -> str:
        """Masked, so that a number does not land in a log with an error report."""
        return f"<Identity {mask_id(self.number)}>"


def check_character(first_seventeen: str) -> str:
    """Return the check character for 17 digits (ISO 7064 MOD 11-2)."""
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, first_seventeen, strict=True))
    return CHECK_CHARACTERS[total % 11]


def parse(text: str, today: date | None = None) -> Identity:
    """Return the identity behind a typed number.

    Raises IdentityError with a message for the person. `today` bounds the birth date.
    """
    number = paper_number(text)
    _check_signs(number)
    kind = _kind(number)
    birth_date = _birth_date(number, today or date.today())
    if check_character(number[:17]) != number[17]:
        raise IdentityError("身份证号码的最后一位与前17位对不上，请逐位核对")
    sex = Sex.MAN if int(number[16]) % 2 else Sex.WOMAN
    return Identity(number, kind, birth_date, sex)


def _check_signs(number: str) -> None:
    if not number:
        raise IdentityError("请输入身份证号码")
    if len(number) == 15 and number.isascii() and number.isdigit():
        raise IdentityError("15位的旧号码已停用，请输入18位身份证号码")
    if len(number) != LENGTH:
        raise IdentityError(f"请输入18位身份证号码，您输入了{len(number)}位")
    for place, sign in enumerate(number, start=1):
        if sign.isascii() and sign.isdigit():
            continue
        if place < LENGTH:
            raise IdentityError(f"身份证号码第{place}位应为数字，您输入了“{sign}”")
        if sign != "X":
            raise IdentityError(f"身份证号码最后一位应为数字或X，您输入了“{sign}”")


def _kind(number: str) -> Kind:
    if number[:6] in RESIDENCE_PERMITS:
        return RESIDENCE_PERMITS[number[:6]]
    if number[0] == "9":
        return Kind.FOREIGN
    if number[:2] not in MAINLAND:
        raise IdentityError("身份证号码前6位不是有效的地区代码，请逐位核对")
    return Kind.MAINLAND


def _birth_date(number: str, today: date) -> date:
    year, month, day = int(number[6:10]), int(number[10:12]), int(number[12:14])
    try:
        birth_date = date(year, month, day)
    except ValueError:
        birth_date = None
    if birth_date is None or not date(1850, 1, 1) <= birth_date <= today:
        raise IdentityError("身份证号码第7至14位不是有效的出生日期，请逐位核对")
    return birth_date


def birthday_in(birth_date: date, years: int) -> date:
    """Return the day on which a person reaches an age.

    Born on 29 February: the last day of the month where there is no such day (Civil Code
    art. 202).
    """
    year = birth_date.year + years
    try:
        return birth_date.replace(year=year)
    except ValueError:
        return date(year, 3, 1) - timedelta(days=1)


def day_of_age(identity: Identity, man_from: int, woman_from: int) -> date:
    """Return the day from which a person may marry; see `age_problem`."""
    return birthday_in(identity.birth_date, man_from if identity.sex is Sex.MAN else woman_from)


def age_problem(identity: Identity, day: date, man_from: int, woman_from: int) -> str:
    """Return why a person may not marry on a day for want of age, or "" if they may.

    Civil Code art. 1047: a man not before 22, a woman not before 20. The ages are parameters
    because the rules are data; `day` is that of the appointment, not of the booking.
    """
    reached = day_of_age(identity, man_from, woman_from)
    if reached <= day:
        return ""
    years = man_from if identity.sex is Sex.MAN else woman_from
    return (
        f"{SEX_WORDS[identity.sex]}须年满{years}周岁才能登记结婚（《民法典》第一千零四十七条）。"
        f"按身份证号码，{in_words(reached)}起可以登记，请选择该日或之后的日期"
    )


def in_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def mask_id(number: str, tail: int = STAFF_TAIL) -> str:
    """440*************17; of the shorter numbers of passports and permits E******78.

    Never the last four: with a reference and these, anybody opens a booking as the applicant.
    """
    number = str(number or "")
    if len(number) < 8:
        return "*" * len(number)
    shown = 3 if len(number) >= 15 else 1
    return number[:shown] + "*" * (len(number) - shown - tail) + number[len(number) - tail :]
