"""Checks of a question tree: what would leave a citizen stuck, such as dead ends, loops and
questions that nobody can reach."""

from collections import Counter
from collections.abc import Iterator

from .paths import Paths
from .tree import Condition, Outcome, Question, Tree, in_words


def problems(tree: Tree) -> list[str]:
    """What is wrong with the tree, in words for its editor; empty when it may be published.

    Linear in questions and ways but for the conditions, which are tried with all answers.
    """
    return [
        *_missing_parts(tree),
        *_doubles(tree),
        *_dead_ends(tree),
        *_loops(tree),
        *_unreachable(tree),
        *_conditions(tree),
        *_order_of_dates(tree),
        *_amounts(tree),
    ]


def _name(node: Question | Outcome) -> str:
    return f"{'题目' if isinstance(node, Question) else '结果'}“{node.code}”"


def _missing_parts(tree: Tree) -> Iterator[str]:
    if not tree.questions:
        yield "还没有题目，请至少加一个题目。"
    if not tree.outcomes:
        yield "还没有结果，请至少加一个结果。"


def _doubles(tree: Tree) -> Iterator[str]:
    codes = Counter(node.code for node in (*tree.questions, *tree.outcomes))
    for code, count in codes.items():
        if count > 1:
            yield f"代码“{code}”用了{count}次，每个题目和结果的代码不能相同。"
    for question in tree.questions:
        for label, count in Counter(option.label for option in question.options).items():
            if count > 1:
                yield f"题目“{question.code}”有{count}个相同的选项“{label}”。"


def _dead_ends(tree: Tree) -> Iterator[str]:
    for question in tree.questions:
        if not question.is_date and not question.options:
            yield f"题目“{question.code}”没有选项，走到这里就没有下一步。"
        for words, target in question.ways():
            if not target:
                yield f"题目“{question.code}”的回答“{words}”没有写接着到哪里。"
            elif tree.node(target) is None:
                yield (
                    f"题目“{question.code}”的回答“{words}”接着到“{target}”，"
                    "但没有这个代码的题目或结果。"
                )
        for branch in question.date_branches:
            if not branch.is_complete:
                yield f"题目“{question.code}”有一个日期条件没有填日期，或者天数和月数没有只填一个。"


def _next_questions(tree: Tree, question: Question) -> list[Question]:
    found = (tree.node(target) for _, target in question.ways())
    return [node for node in found if isinstance(node, Question)]


def _loops(tree: Tree) -> Iterator[str]:
    """One message for each way that leads back to a question asked before it."""
    done: set[str] = set()
    for start in tree.questions:
        if start.code in done:
            continue
        path: list[str] = []
        on_path: set[str] = set()
        stack = [(start, iter(_next_questions(tree, start)))]
        path.append(start.code)
        on_path.add(start.code)
        while stack:
            question, ways = stack[-1]
            following = next(ways, None)
            if following is None:
                stack.pop()
                path.pop()
                on_path.discard(question.code)
                done.add(question.code)
            elif following.code in on_path:
                circle = [*path[path.index(following.code) :], following.code]
                yield f"题目绕成了圈：{' → '.join(circle)}。请改其中一个选项接着到的地方。"
            elif following.code not in done:
                stack.append((following, iter(_next_questions(tree, following))))
                path.append(following.code)
                on_path.add(following.code)


def reachable(tree: Tree) -> set[str]:
    """Codes of the questions and outcomes that some answers lead to.

    Exceptions whose conditions cannot hold lead nowhere. Where there are too many
    combinations to look at all, which is a problem of its own, what was found so far.
    """
    return set(Paths(tree).held)


def _unreachable(tree: Tree) -> Iterator[str]:
    if tree.start is None:
        return
    ways = Paths(tree)
    if ways.too_many:
        yield "例外用到的回答组合太多，检查不完。请减少例外，或者分成几个问答。"
        return
    for node in (*tree.questions, *tree.outcomes):
        if node.code not in ways.held:
            yield f"{_name(node)}走不到：从第一题开始，没有回答能到这里。"
    for question in tree.questions:
        if question.code in ways.held:
            yield from _unused_exceptions(tree, question, ways)


def _unused_exceptions(tree: Tree, question: Question, ways: Paths) -> Iterator[str]:
    for option in question.options:
        for number, branch in enumerate(option.branches, start=1):
            is_used = (question.code, option.label, number) in ways.taken
            if not is_used and not any(_fault(tree, c) for c in branch.conditions):
                yield (
                    f"题目“{question.code}”的回答“{option.label}”的例外"
                    f"（{in_words(branch.conditions)}）永远用不到：走到这里时不会有这样的回答，"
                    "或者前面的例外已经包括了它。"
                )


def _fault(tree: Tree, condition: Condition) -> str:
    """What is wrong with a condition wherever it stands; empty when nothing is."""
    asked = tree.node(condition.question)
    if not isinstance(asked, Question):
        return f"用到题目“{condition.question}”，但没有这个题目。"
    if asked.is_date:
        return f"用到“{asked.code}”，但日期题不能这样用。"
    if condition.answer not in [option.label for option in asked.options]:
        return f"用到题目“{asked.code}”的回答“{condition.answer}”，但那里没有这个选项。"
    return ""


def _conditions(tree: Tree) -> Iterator[str]:
    for node in (*tree.questions, *tree.outcomes):
        for condition in node.conditions():
            if fault := _fault(tree, condition):
                yield f"{_name(node)}的条件{fault}"
    for outcome in tree.outcomes:
        items = {item.conditions for item in (*outcome.materials, *outcome.amounts)}
        for conditions in sorted(items, key=in_words):
            if not any(_fault(tree, c) for c in conditions) and _never(tree, outcome, conditions):
                yield (
                    f"{_name(outcome)}的条件（{in_words(conditions)}）永远不成立："
                    "走到这里时不会有这样的回答。"
                )


def _never(tree: Tree, outcome: Outcome, conditions: tuple[Condition, ...]) -> bool:
    """Whether one gets to the outcome, but never with all of these answers."""
    ways = Paths(tree, conditions)
    held = ways.held.get(outcome.code)
    return bool(held) and not any(map(frozenset(conditions).issubset, held)) and not ways.too_many


def _order_of_dates(tree: Tree) -> Iterator[str]:
    for question in tree.questions:
        if not question.not_before:
            continue
        earlier = tree.node(question.not_before)
        words = f"题目“{question.code}”不能早于“{question.not_before}”"
        if not isinstance(earlier, Question) or not earlier.is_date:
            yield f"{words}，但没有这个日期题。"
        elif earlier is question or question.code not in _after(tree, earlier):
            yield f"{words}，但走到这里之前不会问它。"


def _after(tree: Tree, question: Question) -> set[str]:
    """Codes of the questions that can follow."""
    found, waiting = set(), [question]
    while waiting:
        new = [node for node in _next_questions(tree, waiting.pop()) if node.code not in found]
        found.update(node.code for node in new)
        waiting.extend(new)
    return found


def _amounts(tree: Tree) -> Iterator[str]:
    for outcome in tree.outcomes:
        if any(not amount.figure for amount in outcome.amounts):
            yield f"结果“{outcome.code}”有一项金额没有选数据，或者数据已删除。"
