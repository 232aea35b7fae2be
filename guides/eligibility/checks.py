"""What would not work: rules and questionnaire must speak of the same questions and answers."""

from collections import Counter
from collections.abc import Iterable, Iterator

from .contradictions import Contradiction
from .parsing import Asked, count_code
from .rules import Benefit, ChoiceTest, Test


def problems_of_questions(questions: Iterable[Asked]) -> list[str]:
    """What is wrong with the questionnaire itself, in words for its editor."""
    asked = [each for each in questions if each.kind != "heading"]
    codes = Counter(each.code for each in asked)
    lists = {each.code for each in asked if each.kind == "numbers"}
    found = [] if asked else ["还没有题目，请至少加一个题目。"]
    found += [
        f"代码“{code}”用了{n}次，每个题目的代码不能相同。" for code, n in codes.items() if n > 1
    ]
    for each in asked:
        labels = Counter(option.label for option in each.options)
        found += [
            f"题目“{each.code}”有{n}个相同的选项“{label}”。" for label, n in labels.items() if n > 1
        ]
        if each.per_head_of and each.per_head_of not in lists:
            found.append(f"题目“{each.code}”要除以“{each.per_head_of}”的人数，但没有这个题目。")
    return found


def problems_of_rules(benefits: Iterable[Benefit], questions: Iterable[Asked]) -> list[str]:
    """Where rules ask for a question or an answer that the questionnaire does not have."""
    by_code = {each.code: each for each in questions if each.kind != "heading"}
    found = (problem for each in benefits for problem in _of_benefit(each, by_code))
    return list(dict.fromkeys(found))


def problems_of_contradictions(
    contradictions: Iterable[Contradiction], questions: Iterable[Asked]
) -> list[str]:
    """Likewise for the answers that do not fit together."""
    by_code = {each.code: each for each in questions if each.kind != "heading"}
    by_code |= {count_code(c): each for c, each in by_code.items() if each.kind == "numbers"}
    return [
        problem
        for each in contradictions
        for test in (*each.given, *each.unless)
        for problem in _of_test(f"“{each.words}”", test, by_code)
    ]


def problems_of_order(benefits: Iterable[Benefit], names: Iterable[str]) -> list[str]:
    """Where a benefit waits for one that none of the guides has; `names` are those of all."""
    known = {"", *names}
    return [
        f"“{each.name}”要先问“{each.after}”，但没有叫这个名称的待遇。"
        for each in benefits
        if each.after not in known
    ]


def _of_benefit(benefit: Benefit, by_code: dict[str, Asked]) -> Iterator[str]:
    name = f"“{benefit.name}”的条件"
    for requirement in benefit.requirements:
        for test in requirement.any_of:
            yield from _of_test(name, test, by_code)
    for amount in benefit.amounts:
        for code in filter(None, (amount.ages, amount.times, amount.gap)):
            if code not in by_code:
                yield f"“{benefit.name}”的金额用到题目“{code}”，但“看看能领什么”里没有这个代码。"
        if not amount.figure:
            yield f"“{benefit.name}”有一项金额的数据已经删除。"


def _of_test(name: str, test: Test, by_code: dict[str, Asked]) -> Iterator[str]:
    asked = by_code.get(test.question)
    if asked is None:
        yield f"{name}用到题目“{test.question}”，但“看看能领什么”里没有这个代码。"
    elif isinstance(test, ChoiceTest):
        labels = {option.label for option in asked.options}
        for answer in test.answers:
            if answer not in labels:
                yield f"{name}用到题目“{test.question}”的回答“{answer}”，但没有这个选项。"
    elif asked.kind == "choice":
        yield f"{name}把选择题“{test.question}”当成了数字题。"
    elif (test.number is None) == (not test.figure):
        yield f"{name}比较题目“{test.question}”时，数和数据要填一个，也只能填一个。"
