"""The dry run: compares a whole file with the register.

The plan is kept on disk, one line of JSON for each record that would change and for each
problem, so that a file of any length needs little memory and every difference can be shown.
"""

import json
import tempfile
from collections import Counter
from collections.abc import Callable, Container, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, NamedTuple

from place_names.models import PlaceName
from place_names.names.categories import set_up_categories

from . import mapping
from .batches import in_batches
from .checking import Checker
from .differences import ADDED, CHANGED, REMOVED, UNCHANGED, Difference, compare
from .matching import Match, Matcher
from .problems import FileRefusedError, Problem
from .readers import Source, SourceRow
from .remarks import Remarks
from .systems import settled as settled_system

MAX_INVALID = 10_000
Progress = Callable[[str], None]


@dataclass
class Plan:
    """Counts of a dry run, and where its lines lie. Close it to free the disk."""

    source: Source
    folder: Path
    counts: Counter = field(default_factory=Counter)
    kept: tempfile.TemporaryDirectory | None = None

    @property
    def invalid(self) -> int:
        return self.counts["invalid"]

    @property
    def changes_anything(self) -> bool:
        return any(self.counts[action] for action in (ADDED, CHANGED, REMOVED))

    def differences(self) -> Iterator[Difference]:
        for line in _lines(self.folder / "differences.jsonl"):
            yield Difference(**json.loads(line))

    def problems(self) -> Iterator[Problem]:
        for line in _lines(self.folder / "problems.jsonl"):
            yield Problem(**json.loads(line))

    def remarks(self) -> Iterator[Problem]:
        """Rows that are taken, but that an officer should look at."""
        for line in _lines(self.folder / "remarks.jsonl"):
            yield Problem(**json.loads(line))

    def matches(self) -> Iterator[Match]:
        """What became of the rows without a code, in the order of the file."""
        for line in _lines(self.folder / "matches.jsonl"):
            yield Match.from_json(json.loads(line))

    def close(self) -> None:
        if self.kept:
            self.kept.cleanup()


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as file:
        yield from file


def make_plan(
    source: Source,
    *,
    columns: dict[str, str] | None = None,
    system: str = "",
    shapes_by_code: dict[str, str] | None = None,
    remove_missing: bool = False,
    clear_blank: bool = False,
    new_pending: bool = False,
    decisions: dict[str, str] | None = None,
    folder: Path | None = None,
    progress: Progress = lambda message: None,
) -> Plan:
    """Check every row and compare it with the register. Writes nothing to the register.

    `system` is a key of SYSTEMS or an EPSG code; empty: as the file says, else CGCS2000.
    `decisions` are those of an officer on rows without a code, see `matching.Matcher`.
    Without `remove_missing`, records that the file lacks are counted as `missing` and kept;
    without `clear_blank`, so are values whose cell is blank, as `kept_values`. With `new_pending`,
    new names that would be standard names are not public until somebody approves them.
    Raises FileRefusedError or MappingError when the file as a whole cannot be used.
    """
    set_up_categories()
    settled = mapping.settle(source.headings, columns)
    kept = None
    if folder is None:
        kept = tempfile.TemporaryDirectory(prefix="place-names-import-")
        folder = Path(kept.name)
    plan = Plan(source, folder, kept=kept)
    checker = Checker(settled, settled_system(source.found.crs, system), shapes_by_code)
    matcher = Matcher(decisions or {}, checker.seen)
    try:
        with (
            (folder / "matches.jsonl").open("w", encoding="utf-8") as matches,
            (folder / "remarks.jsonl").open("w", encoding="utf-8") as remarks,
            (folder / "differences.jsonl").open("w", encoding="utf-8") as differences,
            (folder / "problems.jsonl").open("w", encoding="utf-8") as problems,
        ):
            _compare_all(
                plan,
                checker,
                matcher,
                source.rows(system),
                _Files(differences, problems, matches, remarks),
                _Options(clear_blank, new_pending),
                progress,
            )
            _shapes_left_over(plan, checker, problems)
            _missing(plan, (checker.seen, matcher.asked), differences, remove_missing)
    except BaseException:
        plan.close()
        for name in ("differences.jsonl", "problems.jsonl", "matches.jsonl", "remarks.jsonl"):
            (folder / name).unlink(missing_ok=True)
        raise
    return plan


class _Files(NamedTuple):
    differences: IO[str]
    problems: IO[str]
    matches: IO[str]
    remarks: IO[str]


class _Options(NamedTuple):
    clear_blank: bool
    new_pending: bool


def _compare_all(
    plan: Plan,
    checker: Checker,
    matcher: Matcher,
    source_rows: Iterator[SourceRow],
    files: _Files,
    options: _Options,
    progress: Progress,
) -> None:
    rows, remarks = 0, Remarks()
    for rows_of_batch in in_batches(source_rows):
        candidates = []
        for row in rows_of_batch:
            candidate, wrong = checker.check(row)
            if candidate:
                candidates.append(candidate)
            _complain(plan, files.problems, wrong)
        candidates, matched, wrong = matcher.resolve(candidates)
        _complain(plan, files.problems, wrong)
        for match in matched:
            plan.counts[f"code_{match.outcome}"] += 1
            _write(files.matches, match)
        found, wrong, kept = compare(candidates, **options._asdict())
        plan.counts["kept_values"] += kept
        by_code = {candidate.row["code"]: candidate.row for candidate in candidates}
        for remark in remarks.of_batch(found, by_code):
            plan.counts["remarks"] += 1
            _write(files.remarks, remark)
        for each in found:
            plan.counts[each.action] += 1
            plan.counts.update(_standing(each))
            if each.action != UNCHANGED:
                _write(files.differences, each)
        _complain(plan, files.problems, wrong)
        rows += len(rows_of_batch)
        progress(f"已核对{rows}行")
    plan.counts["rows"] = rows
    if not rows:
        plan.counts["invalid"] += 1
        _write(files.problems, Problem(2, "文件", plan.source.name, "只有表头，没有数据"))


def _standing(each: Difference) -> list[str]:
    """As what a new name is counted: public at once, standard without an approval, or pending."""
    if each.action != ADDED:
        return []
    status = each.fields["status"][1]
    if status in PlaceName.NOT_PUBLIC:
        return ["added_pending"] if status == PlaceName.Status.PENDING else []
    unapproved = status == PlaceName.Status.STANDARD and "approval_document" not in each.fields
    return ["added_public", "added_unapproved"] if unapproved else ["added_public"]


def _complain(plan: Plan, problems, wrong: list[Problem]) -> None:
    for each in wrong:
        _write(problems, each)
    plan.counts["invalid"] += len({each.line for each in wrong})
    if plan.counts["invalid"] > MAX_INVALID:
        raise FileRefusedError(
            f"有误的行超过{MAX_INVALID}行，不再核对。请检查文件和列的对应是否正确。"
        )


def _shapes_left_over(plan: Plan, checker: Checker, problems) -> None:
    """A shape whose record the file does not have belongs to nobody."""
    for code in checker.shapes or {}:
        if code not in checker.seen:
            plan.counts["invalid"] += 1
            _write(problems, Problem(1, "图形", str(code), "图形文件中的代码在地名文件中找不到"))


def _missing(plan: Plan, present: tuple[Container[str], ...], differences, remove: bool) -> None:
    for code, name in PlaceName.objects.values_list("code", "name").iterator():
        if any(code in codes for codes in present):
            continue
        plan.counts[REMOVED if remove else "missing"] += 1
        if remove:
            _write(differences, Difference(REMOVED, 0, code, name))


def _write(file, record) -> None:
    file.write(json.dumps(asdict(record), ensure_ascii=True) + "\n")
