"""What would leave a citizen stuck: dead ends, loops, questions nobody can reach."""

from collections import Counter
from collections.abc import Iterator

from .tree import Outcome, Question, Tree


def problems(tree: Tree) -> list[str]:
    """What is wrong with the tree, in words for its editor; empty when it may be published.

    Linear in questions and ways for all but the conditions, which look back through the
    ways that lead to them.
    """
    return [
        *_missing_parts(tree),
        *_doubles(tree),
        *_dead_ends(tree),
        *_loops(tree),
        *_unreachable(tree),
        *_conditions(tree),
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
                yield f"题目“{question.code}”有一个日期条件没有填日期或天数。"


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
    """Codes of the questions and outcomes that some answers lead to."""
    if tree.start is None:
        return set()
    found, waiting = {tree.start.code}, [tree.start]
    while waiting:
        for _, target in waiting.pop().ways():
            node = tree.node(target)
            if node is not None and node.code not in found:
                found.add(node.code)
                if isinstance(node, Question):
                    waiting.append(node)
    return found


def _unreachable(tree: Tree) -> Iterator[str]:
    if tree.start is None:
        return
    found = reachable(tree)
    for node in (*tree.questions, *tree.outcomes):
        if node.code not in found:
            yield f"{_name(node)}走不到：从第一题开始，没有回答能到这里。"


def _conditions(tree: Tree) -> Iterator[str]:
    before = _asked_before(tree)
    for node in (*tree.questions, *tree.outcomes):
        for condition in node.conditions():
            asked = tree.node(condition.question)
            if not isinstance(asked, Question):
                yield f"{_name(node)}的条件用到题目“{condition.question}”，但没有这个题目。"
            elif asked.is_date:
                yield f"{_name(node)}的条件用到“{asked.code}”，但日期题不能这样用。"
            elif condition.answer not in [option.label for option in asked.options]:
                yield (
                    f"{_name(node)}的条件用到题目“{asked.code}”的回答“{condition.answer}”，"
                    "但那里没有这个选项。"
                )
            elif asked.code not in before[node.code]:
                yield f"{_name(node)}的条件用到题目“{asked.code}”，但走到这里之前不会问它。"


def _asked_before(tree: Tree) -> dict[str, set[str]]:
    """For each code the questions that can have been asked when one gets there, itself too."""
    into: dict[str, set[str]] = {}
    for question in tree.questions:
        for _, target in question.ways():
            into.setdefault(target, set()).add(question.code)
    before = {}
    for node in (*tree.questions, *tree.outcomes):
        found = {node.code} if isinstance(node, Question) else set()
        waiting = [node.code]
        while waiting:
            for code in into.get(waiting.pop(), ()):
                if code not in found:
                    found.add(code)
                    waiting.append(code)
        before[node.code] = found
    return before


def _amounts(tree: Tree) -> Iterator[str]:
    for outcome in tree.outcomes:
        if any(not amount.figure for amount in outcome.amounts):
            yield f"结果“{outcome.code}”有一项金额没有选数据，或者数据已删除。"
