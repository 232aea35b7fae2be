"""The parts of a name: whether they are there, fit the kind, and fit the size."""

from collections.abc import Iterator

from .. import clauses, parts
from ..findings import MEASURES, Finding, Setting
from ..lists import REMARK, UNFIT, Generic

_SIZES = (
    ("floors", "min_floors", None),
    ("land", "min_land", "max_land"),
    ("floor_area", "min_floor_area", "max_floor_area"),
)
_MUST = (
    ("green", "min_green"),
    ("open", "min_open"),
    ("width", "min_width"),
    ("length", "min_length"),
)


USUAL = (
    "花园", "小区", "苑", "家园", "大厦", "大楼", "广场", "中心", "路", "街", "巷", "里", "大桥", "桥", "公园",
)  # fmt: skip
"""What is offered first as an example, where the kind may bear it."""


def structure(setting: Setting) -> Iterator[Finding]:
    """A specific part of two characters and more, and one generic part."""
    specific, generic = setting.parts.specific, setting.parts.generic
    kind = setting.proposal.kind
    again = parts.repeated(setting.parts, kind, setting.lists) if generic else ""
    if not specific:
        text = f"只有通名“{generic}”，没有专名。请在前面加上专名。"
        yield Finding("structure", UNFIT, text, clauses.PARTS)
    elif not generic:
        text = f"没有认出通名。{setting.kind.label}的名称应以通名结尾，例如{_examples(setting)}。"
        yield Finding("structure", UNFIT, text, clauses.PARTS)
    elif again == specific:
        text = f"“{specific}”和“{generic}”都是通名，没有专名。"
        yield Finding("structure", UNFIT, text, clauses.PARTS)
    elif again:
        text = f"通名重叠：“{again}”和“{generic}”只能用一个。"
        yield Finding("structure", UNFIT, text, clauses.PARTS)
    elif parts.only_ordinals(specific):
        text = f"专名“{specific}”只是序数或方位，不能和别的地名区别开。"
        yield Finding("structure", UNFIT, text, clauses.SINGLE)
    elif len(specific) > 2 and len(set(specific)) == 1:
        text = f"专名只是重复“{specific[0]}”字。"
        yield Finding("structure", UNFIT, text, clauses.SINGLE)
    elif len(specific) == 1:
        text = f"专名“{specific}”只有一个字，不易辨认，建议用两个字以上。"
        yield Finding("structure", REMARK, text, clauses.SINGLE)


def generic_kind(setting: Setting) -> Iterator[Finding]:
    """The generic part belongs to another kind."""
    generic = setting.parts.generic
    if generic and not setting.parts.of_kind:
        text = f"通名“{generic}”不用于{setting.kind.label}。可以用{_examples(setting)}等。"
        yield Finding("generic_kind", UNFIT, text, clauses.TRUE)


def thresholds(setting: Setting) -> Iterator[Finding]:
    """The size that the generic part asks for, as far as it was told."""
    rule = setting.lists.generics.get(setting.parts.generic)
    told = {k: v for k, v in setting.proposal.measures.items() if v is not None}
    if rule is None or not setting.parts.of_kind or not told:
        return
    missing = _size_missed(rule, told)
    missing += [
        f"{MEASURES[name]}不少于{getattr(rule, limit)}"
        for name, limit in _MUST
        if getattr(rule, limit) is not None and name in told and told[name] < getattr(rule, limit)
    ]
    if missing:
        text = f"用“{rule.term}”作通名，要求{'，'.join(missing)}。"
        yield Finding("threshold", UNFIT, text, rule.source or clauses.SIZE)


def _size_missed(rule: Generic, told: dict[str, float]) -> list[str]:
    """What of floors, land and floor area is asked for, where none that was told reaches it."""
    asked = [
        (name, low and getattr(rule, low), high and getattr(rule, high))
        for name, low, high in _SIZES
    ]
    asked = [each for each in asked if each[1] is not None or each[2] is not None]
    given = [each for each in asked if each[0] in told]
    if not given or any(_within(told[name], low, high) for name, low, high in given):
        return []
    return ["或".join(_range(name, low, high) for name, low, high in asked)]


def _within(value: float, low: int | None, high: int | None) -> bool:
    return (low is None or value >= low) and (high is None or value <= high)


def _range(name: str, low: int | None, high: int | None) -> str:
    label = MEASURES[name]
    if low is not None and high is not None:
        return f"{label}{low}至{high}"
    return f"{label}不少于{low}" if low is not None else f"{label}不超过{high}"


def _examples(setting: Setting) -> str:
    kind = setting.proposal.kind
    own = [term for term, rule in setting.lists.generics.items() if kind in rule.kinds]
    if not own:
        own = parts.generic_terms(setting.kind.category)[::-1]
    own = [term for term in USUAL if term in own] or own
    return "、".join(f"“{term}”" for term in own[:4])
