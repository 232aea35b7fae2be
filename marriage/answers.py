"""Answers to what people ask before they book: the next free time, the days of a second visit."""

import datetime
import re

from django.urls import reverse
from django.utils import timezone

from search.analysis import name_key
from search.site_search.answers import AnswerCard
from search.site_search.query import SiteQuery

from .availability.free_times import days
from .divorce.second_visit import plan_for
from .models import BookingRules, Office, Service

_ASKS_NEXT = re.compile(
    "(?:最近|最快|最早|最先|什么时候|几时|哪天|哪一天|哪日|还).{0,8}(?:预约|能约|可约|可以约|约到|有号|有没有号|号源|放号)"
    "|(?:有没有号|还有号|有号吗|号源|剩余号|余号)"
)
_KINDS = (
    (re.compile("补领|补办|补证|补结婚证|补离婚证"), Service.Kind.REPLACEMENT),
    (re.compile("离婚"), Service.Kind.DIVORCE_APPLICATION),
    (re.compile("结婚|领证|扯证|登记结婚"), Service.Kind.MARRIAGE),
)
_SECOND = re.compile("第二次|领离婚证|离婚证")
# About a booking that is there, or whether one is needed at all.
_ASKS_OTHER = re.compile(
    "取消|撤销|改期|改约|更改|修改|查询|没有?预约|未预约|不预约|不用预约|(?:要|用|需要|必须|是否)预约|爽约|迟到|过号"
)
# The only service of a kind says nothing of these.
_ASKS_SPECIAL = re.compile("涉外|外国|外籍|港澳|香港|澳门|台湾|华侨|军人|军婚")

_DAY = re.compile("(?:(20[0-9]{2})[年./-])?([0-9]{1,2})[月./-]([0-9]{1,2})[日号]?")
_ABOUT_DIVORCE = re.compile("离婚|冷静期|回执")
# The date is that of the receipt only where it stands beside one of these.
_ACCEPTED = "受理|回执|申请|提交|递交|交了?材料"
_ACCEPTED_BEHIND = re.compile(f"^[^0-9结想要]{{0,8}}(?:{_ACCEPTED})")
_ACCEPTED_BEFORE = re.compile(f"(?:{_ACCEPTED})[^0-9]{{0,6}}$")
# The date is then that of another day, or the application is still a plan.
_OTHER_DAY = re.compile(
    "到期|届满|期满|结束|过期|预约|撤回|(?:能|可以|能不能|可不可以)(?:申请|提交)"
)
MAX_DAYS_BACK = 400
MAX_DAYS_BACK_WITHOUT_YEAR = 120
"""A receipt of which nobody says the year is a recent one."""
MAX_DAYS_AHEAD = 31
WEEKDAYS = "一二三四五六日"


def next_free_answer(query: SiteQuery) -> AnswerCard | None:
    """The first free day of each registry for the service that is named.

    None where the query is about a booking that is there, or about couples for whom not every
    registry is competent.
    """
    key = name_key(query.written)
    if not _ASKS_NEXT.search(key):
        return None
    if any(pattern.search(key) for pattern in (_SECOND, _ASKS_OTHER, _ASKS_SPECIAL)):
        return None
    kind = next((kind for pattern, kind in _KINDS if pattern.search(key)), None)
    service = kind and Service.objects.offered().filter(kind=kind).first()
    if not service:
        return None
    rules = BookingRules.load()
    today = timezone.localdate()
    last = today + datetime.timedelta(days=rules.max_days_ahead)
    first_days = []
    for office in Office.objects.booking_here().filter(services=service):
        states = days(office, service, today, last, rules=rules)
        free = next((state.date for state in states if state.is_bookable), None)
        if free:
            first_days.append((free, office))
    if not first_days:
        return None
    first_days.sort(key=lambda pair: (pair[0], pair[1].sort_order))
    now = timezone.localtime()
    return AnswerCard(
        heading=f"最近可以预约{service.title}的日子",
        answer=in_words(first_days[0][0]),
        facts=tuple((office.name, in_words(day)) for day, office in first_days),
        url=reverse("marriage:start_service", args=[service.slug]),
        link=f"预约{service.title}",
        as_of=f"{in_words(now.date())}{now:%H:%M}查询，以预约时为准",
        is_sample=any(office.is_sample for _, office in first_days),
    )


def second_visit_answer(query: SiteQuery) -> AnswerCard | None:
    """The days on which a divorce certificate can be applied for, from the date of the receipt."""
    text = query.written
    found = list(_DAY.finditer(text))
    if len(found) != 1 or not _ABOUT_DIVORCE.search(text) or _OTHER_DAY.search(text):
        return None
    before, behind = text[: found[0].start()], text[found[0].end() :]
    if not (_ACCEPTED_BEHIND.search(behind) or _ACCEPTED_BEFORE.search(before)):
        return None
    accepted = _date(*found[0].groups())
    if accepted is None:
        return None
    plan = plan_for(accepted)
    window = plan.window
    return AnswerCard(
        heading=f"{in_words(accepted)}受理的离婚登记申请，可以来领证的日子",
        answer=f"{in_words(window.first)}到{in_words(window.last)}",
        facts=(("撤回申请", f"不晚于{in_words(plan.withdraw_until)}"),),
        url=f"{reverse('marriage:planner')}?accepted_on={accepted.isoformat()}",
        link="看怎样计算",
        as_of="过了最后一天双方没有一起来，就视为撤回申请"
        + ("。放假安排还没有全部公布，日期可能后延" if plan.provisional else ""),
        source="《民法典》第一千零七十七条",
    )


def _date(year: str | None, month: str, day: str) -> datetime.date | None:
    """The date of a receipt; without a year that of this year, or the last where it is recent.

    None for a day that does not exist, and for one too far away to be meant.
    """
    today = timezone.localdate()
    years = [int(year)] if year else [today.year, today.year - 1, today.year + 1]
    back = MAX_DAYS_BACK if year else MAX_DAYS_BACK_WITHOUT_YEAR
    for each in years:
        try:
            given = datetime.date(each, int(month), int(day))
        except ValueError:
            continue
        if -MAX_DAYS_AHEAD <= (today - given).days <= back:
            return given
    return None


def in_words(day: datetime.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日（星期{WEEKDAYS[day.weekday()]}）"
