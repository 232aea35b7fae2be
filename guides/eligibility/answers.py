"""What somebody typed into the questionnaire, as answers for the rules."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from .parsing import Asked, count_code
from .rules import Household

MAX_TYPED = 200
PEOPLE = "人"
BETWEEN = re.compile(r"[、,，;；/\s和]+")


@dataclass(frozen=True)
class Read:
    """`typed`: what stood in each field, `errors`: what is wrong with it, both by code."""

    household: Household
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


def read(questions: Iterable[Asked], posted: Mapping[str, str]) -> Read:
    """The answers in a form; a question that was left empty has none."""
    questions = list(questions)
    asked = [each for each in questions if each.kind != "heading"]
    typed = {
        each.code: posted.get(each.field, "")[:MAX_TYPED].strip() or each.default for each in asked
    }
    chosen: dict[str, str] = {}
    numbers: dict[str, tuple[Decimal, ...]] = {}
    errors: dict[str, str] = {}
    for each in asked:
        text = typed[each.code]
        if not text:
            if each.is_required:
                errors[each.code] = "请回答这一题。"
            elif each.when_empty is not None:
                numbers[each.code] = (Decimal(each.when_empty),)
        elif each.kind == "choice":
            option = next((option for option in each.options if option.label == text), None)
            if option is None:
                errors[each.code] = "请选择一个回答。"
            elif not option.is_unsure:
                chosen[each.code] = text
        else:
            try:
                numbers[each.code] = _numbers(each, text)
            except ValueError as error:
                errors[each.code] = str(error)
    _compare_with_household(questions, numbers, errors)
    for each in asked:
        members = numbers.get(each.per_head_of, ())
        if each.per_head_of and each.code in numbers:
            if members:
                numbers[each.code] = (numbers[each.code][0] / len(members),)
            else:
                del numbers[each.code]
    for each in asked:
        if each.kind == "numbers" and each.code in numbers:
            numbers[count_code(each.code)] = (Decimal(len(numbers[each.code])),)
    return Read(Household(chosen, numbers), typed, errors)


def _compare_with_household(questions: list[Asked], numbers: dict, errors: dict) -> None:
    """Drops numbers of people that are more than the household has, alone or, under one heading
    (the grades of disability), together."""
    heads = [numbers.get(each.per_head_of, ()) for each in questions if each.per_head_of]
    household = max(map(len, heads), default=0)
    together = 0
    for each in questions:
        if each.kind == "heading":
            together = 0
        elif each.unit == PEOPLE and household and each.code in numbers:
            count = numbers[each.code][0]
            together += count
            if together > household:
                del numbers[each.code]
                sum_of = "" if count == together else f"和前面的合起来{together}人，"
                errors[each.code] = f"写了{count}人，{sum_of}但前面家里一共{household}人，请核对。"


def _numbers(asked: Asked, text: str) -> tuple[Decimal, ...]:
    """The numbers that were typed; raises ValueError with what to do."""
    # A full-width comma stands between numbers, never within one.
    plain = unicodedata.normalize("NFKC", text.replace("，", "、"))
    for word in {asked.unit, "元", "岁", "周岁", "人"} - {""}:
        plain = plain.replace(word, " ")
    if asked.kind == "numbers":
        parts = [part for part in BETWEEN.split(plain) if part]
        if len(parts) > asked.max_count:
            raise ValueError(f"最多写{asked.max_count}个，您写了{len(parts)}个。")
    else:
        parts = [_without_separators(plain)]
    found = tuple(_number(asked, part) for part in parts)
    if asked.unit == PEOPLE and any(number % 1 for number in found):
        raise ValueError("人数请写整数。")
    if not found:
        raise ValueError("请用数字填写。")
    return found


def _without_separators(text: str) -> str:
    """3,000 is one number; 800 900 and 1 1 are two, and not read as one."""
    one = text.strip()
    is_grouped = re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", one)
    return one.replace(",", "") if is_grouped else one


def _number(asked: Asked, part: str) -> Decimal:
    try:
        number = Decimal(part) if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,2})?", part) else None
    except InvalidOperation:
        number = None
    if number is None:
        example = "72、45、10" if asked.kind == "numbers" else "3000"
        raise ValueError(f"“{part[:20]}”不是数字，请只写数字，例如{example}。")
    if number > asked.max_value:
        raise ValueError(f"不能超过{asked.max_value}，您写了{part}。")
    return number
