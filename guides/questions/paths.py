"""All ways that answers can take through a tree, without the citizen."""

from collections.abc import Iterable

from .tree import Condition, Question, Tree

MAX_COMBINATIONS = 5_000


class Paths:
    """What can be given by the time one gets to each question and outcome.

    `held`: for the code of each that some answers lead to, the sets of conditions that can
    hold there together, among those of exceptions and those in `wanted`.
    `taken`: (code, label of the option, number from 1) of each exception that is ever used.
    `too_many`: there are more than `MAX_COMBINATIONS` combinations, and not all were looked at.

    Dates are not weighed against each other: any way of a date question counts as open.
    """

    def __init__(self, tree: Tree, wanted: Iterable[Condition] = ()):
        self.held: dict[str, set[frozenset[Condition]]] = {}
        self.taken: set[tuple[str, str, int]] = set()
        self._tree = tree
        self._looked_at = {c for question in tree.questions for c in question.conditions()}
        self._looked_at.update(wanted)
        combinations = 0
        waiting = [(tree.start.code, frozenset())] if tree.start else []
        while waiting and combinations < MAX_COMBINATIONS:
            code, given = waiting.pop()
            node = tree.node(code)
            if node is None or given in self.held.setdefault(code, set()):
                continue
            self.held[code].add(given)
            combinations += 1
            if isinstance(node, Question):
                waiting.extend(self._onwards(node, given))
        self.too_many = bool(waiting)

    def _onwards(self, question: Question, given: frozenset[Condition]):
        if question.is_date:
            yield from ((target, given) for _, target in question.ways())
        for option in question.options:
            answer = Condition(question.code, option.label)
            now = given | {answer} if answer in self._looked_at else given
            target = option.target
            for number, branch in enumerate(option.branches, start=1):
                if now.issuperset(branch.conditions):
                    self.taken.add((question.code, option.label, number))
                    target = branch.target
                    break
            yield target, now
