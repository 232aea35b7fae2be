"""The differences between a candidate and its record."""

import hashlib
import json
from dataclasses import dataclass, field

from place_names.geometry.coordinates import published, published_point
from place_names.models import PlaceName, RegisterSettings
from place_names.names.romanisation import romanise, split_name
from place_names.names.rows import HEADINGS, SHAPE, degrees, row_of, shape_text, with_relations

from .checking import Candidate
from .problems import Problem

SPELLED = ("specific", "generic", "romanisation")
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


def compare(
    batch: list[Candidate], *, clear_blank: bool = False, new_pending: bool = False
) -> tuple[list[Difference], list[Problem], int]:
    """Differences of a batch, in its order; problems where a record is being worked on, or would
    lose its subdistricts; the number of values that stay because their cell is blank.

    With `clear_blank`, a blank cell clears the value of a record; with `new_pending`, a new name
    that would be a standard name is pending. Coordinates that are those of the record as it is
    published are no change.
    """
    codes = [candidate.row["code"] for candidate in batch]
    present = {
        place.code: place for place in with_relations(PlaceName.objects.filter(code__in=codes))
    }
    decimals = RegisterSettings.in_force().published_decimals
    differences, problems, kept = [], [], 0
    for candidate in batch:
        code, name = candidate.row["code"], candidate.row["name"]
        given = dict(candidate.row)
        if candidate.shape is not None:
            given[SHAPE] = candidate.shape
        place = present.get(code)
        if place is None:
            given = _with_status(spelled(given), new_pending)
            fields = {key: ["", value] for key, value in given.items() if value}
            differences.append(Difference(ADDED, candidate.line, code, name, fields))
            continue
        state = state_of(place)
        if not clear_blank:
            kept += sum(bool(state[key]) for key in candidate.blank if key in given)
            given = {key: value for key, value in given.items() if key not in candidate.blank}
        given = _without_rounding(spelled(given, state), place, decimals)
        fields = {key: [state[key], value] for key, value in given.items() if state[key] != value}
        if fields and (reason := _refused(place, fields)):
            problems.append(Problem(candidate.line, *reason))
            continue
        action = CHANGED if fields else UNCHANGED
        differences.append(Difference(action, candidate.line, code, name, fields))
    return differences, problems, kept


def spelled(given: dict[str, str], state: dict[str, str] | None = None) -> dict[str, str]:
    """The row with the parts and the spelling of its name, where it is a new name of which the
    file tells none of them."""
    name = given["name"]
    if (state and state["name"] == name) or any(given.get(each) for each in SPELLED):
        return given
    category = given.get("category") or (state or {}).get("category") or given["code"][9:14]
    specific, generic = split_name(name, category)
    spelling = romanise(name, specific, generic, category)
    return given | dict(zip(SPELLED, (specific, generic, spelling), strict=True))


def _with_status(given: dict[str, str], pending: bool) -> dict[str, str]:
    status = given.get("status") or PlaceName.Status.STANDARD.value
    if pending and status == PlaceName.Status.STANDARD:
        status = PlaceName.Status.PENDING.value
    return given | {"status": status}


def _without_rounding(given: dict[str, str], place: PlaceName, decimals: int) -> dict[str, str]:
    """The row without position and shape where they are those of the record, only rounded for
    publication: the register keeps what is more exact."""
    point = published_point(place.lon, place.lat, decimals)
    same = set()
    if point and [given.get("lon"), given.get("lat")] == [degrees(value) for value in point]:
        same = {"lon", "lat"}
    if given.get(SHAPE) and given[SHAPE] == shape_text(published(place.geometry, decimals)):
        same.add(SHAPE)
    return {key: value for key, value in given.items() if key not in same}


def _refused(place: PlaceName, fields: dict[str, list[str]]) -> tuple[str, str, str] | None:
    """(column, value, reason) where the record must not be changed so."""
    if reason := _being_worked_on(place):
        return "地名代码", place.code, reason
    if fields.get("subdistricts", ["", "-"])[1] == "":
        return HEADINGS["subdistricts"], "", "所在街道不能清空"
    return None


def _being_worked_on(place: PlaceName) -> str:
    if place.locked:
        return "该地名已锁定，请先解锁"
    if place.has_unpublished_changes:
        return "该地名有尚未发布的修改，请先发布或放弃"
    return ""
