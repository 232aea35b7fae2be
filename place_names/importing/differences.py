"""The differences between a candidate and its record."""

import hashlib
import json
from dataclasses import dataclass, field

from place_names.models import PlaceName
from place_names.names.rows import SHAPE, row_of, shape_text, with_relations

from .checking import Candidate
from .problems import Problem

ADDED, CHANGED, UNCHANGED, REMOVED = "added", "changed", "unchanged", "removed"


@dataclass(frozen=True)
class Difference:
    """One record of the file against the register; `fields` is name → [before, after]."""

    action: str
    line: int
    code: str
    name: str
    fields: dict[str, list[str]] = field(default_factory=dict)


def state_of(place: PlaceName) -> dict[str, str]:
    """All that an import may change of a record, as text."""
    return row_of(place) | {SHAPE: shape_text(place.geometry)}


# Without them the digest is that of imports made before these columns existed.
_ADDED_LATER = ("approving_body", "approval_document", "approved_on", "abolition_ground")


def digest(state: dict[str, str]) -> str:
    state = {name: text for name, text in state.items() if text or name not in _ADDED_LATER}
    return hashlib.sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()


def compare(batch: list[Candidate]) -> tuple[list[Difference], list[Problem]]:
    """Differences of a batch, in its order; problems where a record is being worked on."""
    codes = [candidate.row["code"] for candidate in batch]
    present = {
        place.code: place for place in with_relations(PlaceName.objects.filter(code__in=codes))
    }
    differences, problems = [], []
    for candidate in batch:
        code, name = candidate.row["code"], candidate.row["name"]
        given = dict(candidate.row)
        if candidate.shape is not None:
            given[SHAPE] = candidate.shape
        place = present.get(code)
        if place is None:
            fields = {key: ["", value] for key, value in given.items() if value}
            differences.append(Difference(ADDED, candidate.line, code, name, fields))
            continue
        state = state_of(place)
        fields = {key: [state[key], value] for key, value in given.items() if state[key] != value}
        if fields and (reason := _being_worked_on(place)):
            problems.append(Problem(candidate.line, "地名代码", code, reason))
            continue
        action = CHANGED if fields else UNCHANGED
        differences.append(Difference(action, candidate.line, code, name, fields))
    return differences, problems


def _being_worked_on(place: PlaceName) -> str:
    if place.locked:
        return "该地名已锁定，请先解锁"
    if place.has_unpublished_changes:
        return "该地名有尚未发布的修改，请先发布或放弃"
    return ""
