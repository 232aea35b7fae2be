"""Reading a receipt from what somebody types: whether its number and date can be.

One of ours has the number HZ, eight digits of the day of acceptance, a hyphen and a count.
Those of other systems differ from place to place; theirs are only asked to be plausible.
"""

import re
from datetime import date

from django import forms
from django.utils import timezone

from home.typed_text import TypedError
from home.typed_text.characters import plain

from ..calendar.dates import day_in_words
from ..calendar.working_days import proposed
from ..models import DayClosure, PeakPlan, WorkingDay

OURS = re.compile(r"HZ(\d{8})-\d{3,6}")
TOGETHER = re.compile(r"HZ(\d{8})(\d{3,6})")
LABEL = re.compile(r"^(?:(?:受理)?回执单?)(?:编号|号码|号)?:*|^(?:编号|号码):*")
LIKE_OURS = re.compile(r"HZ[\d-]*")
EXAMPLE = "HZ20261123-001"
MIN_LENGTH, MAX_LENGTH, MIN_DIGITS = 6, 40, 4
FIRST_YEAR = 2021  # The law of two visits has been in force since 2021-01-01.


def spelled(text: str) -> str:
    """Return a number in one spelling: capitals, ASCII digits and hyphens, no spaces."""
    return "".join(plain(text).upper().split())


def read_number(text: str) -> str:
    """Return the number in one spelling; raises TypedError when it can be none."""
    number = LABEL.sub("", spelled(text))
    if together := TOGETHER.fullmatch(number):
        number = f"HZ{together[1]}-{together[2]}"
    if len(number) > MAX_LENGTH or not all(c.isalnum() or c in "-〔〕()（）号第" for c in number):
        raise TypedError("回执编号最多40个字，由文字、数字和横线组成，请按回执填写")
    if LIKE_OURS.fullmatch(number) and len(number) > 2:
        if not OURS.fullmatch(number):
            raise TypedError(
                f"以HZ开头的编号后面是8位日期、横线和顺序号，例如{EXAMPLE}，请按回执填写"
            )
        if _day_in(number) is None:
            raise TypedError("编号里的8位日期不对，请按回执填写")
        return number
    digits = [c for c in number if c.isdigit()]
    if len(number) < MIN_LENGTH or len(digits) < MIN_DIGITS:
        raise TypedError(
            f"回执编号太短：一般至少{MIN_LENGTH}个字，其中至少{MIN_DIGITS}个数字，请按回执填写完整"
        )
    if len(digits) == len(number) and len(set(digits)) == 1:
        raise TypedError("这不像回执编号，请按回执填写")
    return number


def read_day(day: date, today: date | None = None) -> date:
    """Return the date of acceptance; raises TypedError when it can be none."""
    if day > (today or timezone.localdate()):
        raise TypedError("受理日期不能晚于今天，请核对回执")
    if day.year < FIRST_YEAR:
        raise TypedError("冷静期自2021年1月1日起实行，请核对回执上的日期")
    return day


def mismatch(number: str, day: date) -> str:
    """Why number and date cannot be those of one receipt, or ""."""
    if not OURS.fullmatch(number) or _day_in(number) == day:
        return ""
    return f"编号里的日期是{day_in_words(_day_in(number))}，与受理日期不同，请对照回执"


def closed_on(day: date, office=None) -> str:
    """Why nobody accepted an application on a day, in words, or ""; three queries at most.

    A day that nobody has written into the calendar counts as what was announced for it.
    """
    if office:
        closure = DayClosure.objects.filter(office=office, date=day, start=None).first()
        if closure:
            return f"{office}停办（{closure.reason}）"
        if PeakPlan.objects.on(day).filter(office=office).exists():
            return ""
    row = WorkingDay.objects.filter(date=day, is_confirmed=True).first() or proposed(day)
    return "" if row.is_working else "登记处休息"


def _day_in(number: str) -> date | None:
    digits = OURS.fullmatch(number)[1]
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


class ReceiptTyping(forms.Form):
    """Checks `receipt_number` and `accepted_on` of the form it is mixed into.

    A date on which the office was closed is taken after a second look: `is_that_day` comes to
    be seen, and is to be ticked.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["is_that_day"] = forms.BooleanField(
            label="已核对：回执上写的就是这一天", required=False, widget=forms.HiddenInput
        )
        if self.is_bound and self["is_that_day"].data:
            self._show_tick()

    def receipt_office(self):
        """Return the office that accepted the application, where it is known."""
        return self.cleaned_data.get("office")

    def closed(self, day: date) -> str:
        """Return why the office accepted nothing on a day, or ""."""
        return closed_on(day, self.receipt_office())

    def clean_receipt_number(self):
        return self._read(read_number, "receipt_number")

    def clean_accepted_on(self):
        return self._read(read_day, "accepted_on")

    def clean(self):
        cleaned = super().clean()
        number, day = cleaned.get("receipt_number"), cleaned.get("accepted_on")
        if number and day and (problem := mismatch(number, day)):
            self.add_error("receipt_number", problem)
        closed = self.closed(day) if day else ""
        if closed and not cleaned.get("is_that_day"):
            self._show_tick()
            self.add_error(
                "is_that_day",
                f"{day_in_words(day)}{closed}，一般不受理申请。请核对回执上的日期；"
                "回执上确实是这一天的，请勾选后再提交",
            )
        return cleaned

    def _read(self, reader, name: str):
        value = self.cleaned_data[name]
        if value in (None, ""):
            return value
        try:
            return reader(value)
        except TypedError as error:
            raise forms.ValidationError(error.message) from error

    def _show_tick(self) -> None:
        self.fields["is_that_day"].widget = forms.CheckboxInput()
