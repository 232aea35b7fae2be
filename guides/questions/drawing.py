"""The tree as a picture: questions in rows by how late they are asked, ways as lines."""

from dataclasses import dataclass

from .checking import reachable
from .tree import Question, Tree

WIDTH, HEIGHT = 190, 64
GAP_X, GAP_Y = 26, 74
MARGIN = 16
LINE = 12  # characters of a label on one line


@dataclass(frozen=True)
class Box:
    code: str
    lines: tuple[str, ...]
    x: int
    y: int
    kind: str  # question, outcome, lost (nobody gets there) or missing (no such code)

    @property
    def middle(self) -> int:
        return self.x + WIDTH // 2


@dataclass(frozen=True)
class Way:
    words: str
    path: str
    text_x: int
    text_y: int


@dataclass(frozen=True)
class Picture:
    """Boxes and lines in pixels; `outline` says the same in words."""

    boxes: tuple[Box, ...]
    ways: tuple[Way, ...]
    width: int
    height: int
    outline: tuple[tuple[str, tuple[str, ...]], ...]
    box_width: int = WIDTH
    box_height: int = HEIGHT


def draw(tree: Tree) -> Picture:
    """Rows from the start downwards; a loop or a missing code is drawn, not followed."""
    found = reachable(tree)
    rows: dict[int, list[str]] = {}
    for code, row in _rows(tree).items():
        rows.setdefault(row, []).append(code)
    widest = max((len(codes) for codes in rows.values()), default=1)
    full = widest * (WIDTH + GAP_X) - GAP_X
    boxes: dict[str, Box] = {}
    for row, codes in rows.items():
        used = len(codes) * (WIDTH + GAP_X) - GAP_X
        for place, code in enumerate(codes):
            node = tree.node(code)
            kind = "question" if isinstance(node, Question) else "outcome"
            if node is None:
                kind = "missing"
            elif code not in found:
                kind = "lost"
            words = getattr(node, "text" if isinstance(node, Question) else "title", "没有这个代码")
            boxes[code] = Box(
                code=code,
                lines=_wrapped(f"{code}：{words}"),
                x=MARGIN + (full - used) // 2 + place * (WIDTH + GAP_X),
                y=MARGIN + row * (HEIGHT + GAP_Y),
                kind=kind,
            )
    return Picture(
        boxes=tuple(boxes.values()),
        ways=tuple(_ways(tree, boxes)),
        width=full + 2 * MARGIN,
        height=MARGIN * 2 + (max(rows, default=0) + 1) * (HEIGHT + GAP_Y) - GAP_Y,
        outline=tuple(_outline(tree)),
    )


def _rows(tree: Tree) -> dict[str, int]:
    """The row of each code: one below the lowest question that leads to it."""
    codes = [node.code for node in (*tree.questions, *tree.outcomes)]
    targets = [target for question in tree.questions for _, target in question.ways() if target]
    rows = dict.fromkeys([*codes, *targets], 0)
    # As often as there are questions: a longest path is not longer, and a loop ends too.
    for _ in tree.questions:
        changed = False
        for question in tree.questions:
            for _, target in question.ways():
                if target and rows[target] <= rows[question.code] < len(tree.questions):
                    rows[target], changed = rows[question.code] + 1, True
        if not changed:
            break
    return rows


def _wrapped(text: str) -> tuple[str, ...]:
    first, rest = text[:LINE], text[LINE:]
    second = rest if len(rest) <= LINE else f"{rest[: LINE - 1]}…"
    return (first, second) if second else (first,)


def _ways(tree: Tree, boxes: dict[str, Box]):
    for question in tree.questions:
        start = boxes[question.code]
        ways = [(words, boxes[target]) for words, target in question.ways() if target]
        for number, (words, end) in enumerate(ways, start=1):
            x1 = start.x + number * WIDTH // (len(ways) + 1)
            y1, x2, y2 = start.y + HEIGHT, end.middle, end.y
            half = (y1 + y2) // 2
            # The words stand at a fifth to four fifths of the line, so that those of
            # neighbouring ways do not cover each other.
            share = 0.3 + 0.4 * (number % 2)
            shown = words if len(words) <= 10 else f"{words[:9]}…"
            yield Way(
                shown,
                f"M{x1} {y1} C{x1} {half} {x2} {half} {x2} {y2}",
                round(x1 + (x2 - x1) * share),
                round(y1 + (y2 - y1) * share),
            )


def _outline(tree: Tree):
    for question in tree.questions:
        ways = tuple(f"{words} → {target or '（没有写）'}" for words, target in question.ways())
        yield f"{question.code}：{question.text}", ways
    for outcome in tree.outcomes:
        yield f"{outcome.code}：{outcome.title}", ()
