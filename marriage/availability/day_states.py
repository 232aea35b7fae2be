"""The state of a day or a time, and its words: never told by colour alone."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ..models import Slot

FEW_SHARE = 5  # "few left" from a fifth of the capacity downwards, and the last one


class Status(StrEnum):
    FREE = "free"
    FEW = "few"
    FULL = "full"
    PAST = "past"
    TOO_SOON = "too_soon"
    NOT_YET = "not_yet"
    OUTSIDE = "outside"
    DAY_OFF = "day_off"
    UNCONFIRMED = "unconfirmed"
    CLOSED = "closed"
    NO_PLACES = "no_places"


@dataclass(frozen=True)
class DayState:
    """One day of the calendar. `reason` is empty for a day that can be booked."""

    date: date
    status: Status
    left: int = 0
    capacity: int = 0
    reason: str = ""
    peak: str = ""

    @property
    def is_bookable(self) -> bool:
        return self.status in {Status.FREE, Status.FEW}

    @property
    def is_full(self) -> bool:
        return self.status is Status.FULL

    @property
    def words(self) -> str:
        return in_words(self.status, self.left)


@dataclass(frozen=True)
class TimeState:
    """One slot of a day."""

    slot: Slot
    status: Status
    left: int

    @property
    def is_bookable(self) -> bool:
        return self.status in {Status.FREE, Status.FEW}

    @property
    def words(self) -> str:
        return in_words(self.status, self.left)


SHORT_WORDS = {
    Status.FULL: "约满",
    Status.PAST: "已过",
    Status.TOO_SOON: "太近",
    Status.NOT_YET: "未放号",
    Status.OUTSIDE: "不在期限",
    Status.DAY_OFF: "休息",
    Status.UNCONFIRMED: "待定",
    Status.CLOSED: "停办",
    Status.NO_PLACES: "无号",
}


def in_words(status: Status, left: int) -> str:
    if status is Status.FEW:
        return f"仅余{left}"
    return f"余{left}" if status is Status.FREE else SHORT_WORDS[status]


def fullness(left: int, capacity: int) -> tuple[Status, str]:
    """Return the status of a day or slot that is open, and the reason when it is not free."""
    if capacity <= 0:
        return Status.NO_PLACES, "这一天没有安排号源"
    if left <= 0:
        return Status.FULL, "名额已经约满"
    return (Status.FEW if left == 1 or left * FEW_SHARE <= capacity else Status.FREE), ""
