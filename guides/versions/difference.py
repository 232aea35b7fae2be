"""The difference between two versions, in words."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from .models import PublishedVersion

SENTENCE = re.compile(r"[^。；！？]*[。；！？]|[^。；！？]+")
PIECE = re.compile(r"\d+(?:[,.:]\d+)*|[A-Za-z]+|.", re.DOTALL)
ALIKE = 0.4
LONG_LINE = 400


@dataclass(frozen=True)
class Change:
    """A line of a difference; `parts` are (kind, text) with kind same, del or ins."""

    kind: str
    parts: list[tuple[str, str]]


@dataclass(frozen=True)
class SectionChange:
    heading: str
    changes: list[Change]


def within_line(old: str, new: str) -> list[tuple[str, str]]:
    """Two like lines as one: by characters and whole numbers, long ones sentence by sentence
    first, since the work of comparing grows with the square of the length."""
    long = max(len(old), len(new)) > LONG_LINE
    before, after = ((SENTENCE if long else PIECE).findall(line) for line in (old, new))
    parts = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, come = "".join(before[a:b]), "".join(after[c:d])
        if tag == "equal":
            parts.append(("same", gone))
        elif long and max(len(gone), len(come)) <= LONG_LINE and alike(gone, come):
            parts += within_line(gone, come)
        else:
            parts += [(kind, text) for kind, text in (("del", gone), ("ins", come)) if text]
    return parts


def alike(old: str, new: str) -> bool:
    """Whether a line is the other one changed, and not another line; of long lines only their
    characters are counted."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return False
    return max(len(old), len(new)) > LONG_LINE or matcher.ratio() >= ALIKE


def compare_lines(old: list[str], new: list[str]) -> list[Change]:
    """The changed lines, in order; lines that stayed are left out."""
    changes = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        gone, come = old[a:b], new[c:d]
        while gone and come:
            if not alike(gone[0], come[0]):
                break
            changes.append(Change("changed", within_line(gone.pop(0), come.pop(0))))
        changes += [Change("removed", [("del", line)]) for line in gone]
        changes += [Change("added", [("ins", line)]) for line in come]
    return changes


def difference(old: PublishedVersion, new: PublishedVersion) -> list[SectionChange]:
    """What is different between two versions, by section, in the order of the newer one."""
    before, after = dict(old.content), dict(new.content)
    headings = list(after) + [name for name in before if name not in after]
    result = []
    for heading in headings:
        changes = compare_lines(before.get(heading, []), after.get(heading, []))
        if changes:
            result.append(SectionChange(heading, changes))
    return result


def summary_of(changes: list[SectionChange]) -> str:
    """A sentence that names the changed sections, for feeds. There are none where the version
    between was withdrawn and its change taken back."""
    headings = "、".join(change.heading.rstrip("？?") for change in changes)
    return f"改动：{headings}。" if changes else "内容与上一版相同。"
