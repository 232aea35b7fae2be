"""No-show bans: who may not book for a while, because appointments were left unused.

A pure function of a person's history and of the rules that the registry has set, so that the
same history always gives the same answer and the reason can be told.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Act(StrEnum):
    """What counts. A cancellation after the deadline is recorded as a no-show."""

    NO_SHOW = "no_show"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Event:
    act: Act
    on: date


@dataclass(frozen=True)
class BanRule:
    """Met when at least that many of each fall within `window_days` days in a row.

    A number of 0 asks for none of that kind; a rule with both at 0 is never met.
    """

    no_shows: int
    cancellations: int
    window_days: int

    def is_met(self, no_shows: int, cancellations: int) -> bool:
        if self.no_shows <= 0 and self.cancellations <= 0:
            return False
        return no_shows >= self.no_shows and cancellations >= self.cancellations


@dataclass(frozen=True)
class Ban:
    """No booking from `since` up to and including `until`."""

    rule: BanRule
    since: date
    until: date
    no_shows: int
    cancellations: int

    @property
    def reason(self) -> str:
        """What happened, in words for the person concerned."""
        parts = []
        if self.rule.no_shows > 0:
            parts.append(f"爽约{self.no_shows}次")
        if self.rule.cancellations > 0:
            parts.append(f"取消预约{self.cancellations}次")
        return f"{self.rule.window_days}天内{'、'.join(parts)}"

    @property
    def message(self) -> str:
        until, again = self.until, self.until + timedelta(days=1)
        return (
            f"因{self.reason}，{until.year}年{until.month}月{until.day}日（含当日）前不能网上预约，"
            f"{again.year}年{again.month}月{again.day}日起可以再次预约。"
            "如有急事，请直接到婚姻登记处现场取号"
        )


def rules_from(settings) -> list[BanRule]:
    """Return the rules that the registry has set (a `BookingRules`, or anything like it)."""
    period = settings.ban_period_days
    return [
        BanRule(settings.ban_no_shows, 0, period),
        BanRule(0, settings.ban_cancellations, period),
        BanRule(settings.ban_mixed_no_shows, settings.ban_mixed_cancellations, period),
        BanRule(0, settings.ban_short_cancellations, settings.ban_short_period_days),
    ]


def find_ban(
    events: Iterable[Event], rules: Iterable[BanRule], ban_days: int, today: date
) -> Ban | None:
    """Return the ban in force today, the one that ends last, or None.

    A ban starts on the day of the act that met a rule and lasts `ban_days` days after it.
    Acts in the future are ignored; 0 ban days switch bans off.
    """
    if ban_days <= 0:
        return None
    rules = list(rules)
    past = sorted((event for event in events if event.on <= today), key=lambda event: event.on)
    for latest in reversed(past):
        until = latest.on + timedelta(days=ban_days)
        if until < today:
            return None
        for rule in rules:
            earliest = latest.on - timedelta(days=rule.window_days - 1)
            acts = [event.act for event in past if earliest <= event.on <= latest.on]
            no_shows, cancellations = acts.count(Act.NO_SHOW), acts.count(Act.CANCELLED)
            if _bears_on(latest.act, rule) and rule.is_met(no_shows, cancellations):
                return Ban(rule, latest.on, until, no_shows, cancellations)
    return None


def _bears_on(act: Act, rule: BanRule) -> bool:
    """A rule about no-shows alone is not met again by a cancellation, and the other way round."""
    return (rule.no_shows if act is Act.NO_SHOW else rule.cancellations) > 0
