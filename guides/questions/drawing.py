"""The tree as a drawing: each question with its answers under it, and what they lead to."""

from collections.abc import Iterator
from dataclasses import dataclass

from .checks import reachable
from .tree import Question, Tree


@dataclass(frozen=True)
class Box:
    """A question or an outcome, as a branch of the question before it.

    `answers`: what leads here, one or several; empty where the drawing begins.
    `kind`: question, outcome, again (drawn further up), loop (leads back to a question before
    it), lost (nobody gets there) or missing (no such code).
    `opens`: its own answers follow, up to the None that ends them.
    """

    answers: tuple[str, ...]
    code: str
    words: str
    kind: str
    opens: bool = False


def draw(tree: Tree) -> tuple[Box | None, ...]:
    """Boxes from the start downwards, then what nobody gets to; each code is followed once."""
    found, drawn = reachable(tree), set()
    parts: list[Box | None] = []
    for node in (*tree.questions, *tree.outcomes):
        if node.code not in drawn:
            parts.extend(_drawn_from(node.code, tree, found, drawn))
    return tuple(parts)


def _drawn_from(start: str, tree: Tree, found: set[str], drawn: set[str]) -> Iterator[Box | None]:
    waiting = [iter([(start, ())])]
    path: list[str] = []
    while waiting:
        code, answers = next(waiting[-1], (None, ()))
        if code is None:
            waiting.pop()
            if path:
                path.pop()
                yield None
            continue
        node = tree.node(code)
        words = getattr(node, "text" if isinstance(node, Question) else "title", "")
        if node is None or code in drawn:
            kind = "missing" if node is None else "loop" if code in path else "again"
            yield Box(answers, code, words, kind)
            continue
        drawn.add(code)
        kind = "question" if isinstance(node, Question) else "outcome"
        branches = _branches(node) if isinstance(node, Question) else {}
        yield Box(answers, code, words, kind if code in found else "lost", bool(branches))
        if branches:
            waiting.append((target, tuple(ways)) for target, ways in branches.items())
            path.append(code)


def _branches(question: Question) -> dict[str, list[str]]:
    """The answers by the code that they lead to."""
    branches: dict[str, list[str]] = {}
    for words, target in question.ways():
        branches.setdefault(target, []).append(words)
    return branches
