"""Applies a plan to the register in one transaction and records the changes for an undo."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from home.cache.invalidation import invalidate
from home.plain_inserts import insert_records
from place_names.models import ImportChange, ImportRecord, PlaceImage, PlaceName
from place_names.names.rows import with_relations
from search.places import indexing

from .batches import BATCH, in_batches
from .differences import ADDED, CHANGED, REMOVED, UNCHANGED, Difference, digest, state_of
from .planning import Plan, Progress
from .writing import SPELLINGS, Writer, spellings

HELD_SHOWN = 10
MANY = 20
"""Who deletes more names than this in one step types their number."""


class ImportStoppedError(Exception):
    """Nothing was changed; the message says why."""


def apply_plan(
    plan: Plan,
    *,
    user=None,
    skip_invalid: bool = False,
    job: str = "",
    progress: Progress = lambda message: None,
) -> ImportRecord:
    """Carry out a plan: all of it or nothing. A job (by its id) is carried out once at most.

    Raises ImportStoppedError when the plan has invalid rows (unless `skip_invalid`) or the
    register changed since it was made.
    """
    if plan.invalid and not skip_invalid:
        raise ImportStoppedError(f"有{plan.invalid}行有误，未导入任何数据。")
    with _all_or_nothing():
        record = ImportRecord.objects.create(
            user=user,
            job=job or None,
            file_name=plan.source.name[:200],
            file_hash=plan.source.sha256,
            **{name: plan.counts[name] for name in (ADDED, CHANGED, UNCHANGED, REMOVED, "invalid")},
        )
        writer, done = Writer(user), 0
        total = sum(plan.counts[action] for action in (ADDED, CHANGED, REMOVED))
        for batch in in_batches(plan.differences()):
            with indexing.collecting():
                _carry_out(record, writer, batch)
            done += len(batch)
            progress(f"已写入{done}条，共{total}条")
    return record


def is_first_load(record: ImportRecord) -> bool:
    """Whether an undo would delete at least half of a register: it was the first load."""
    return record.added > MANY and 2 * record.added >= PlaceName.objects.count()


def undo_last(
    user=None, *, expected: int | None = None, progress: Progress = lambda message: None
) -> ImportRecord:
    """Take back the last import that stands, all of it or nothing.

    Raises ImportStoppedError when there is none, it is not the `expected` one (its key), or a
    record was changed after the import.
    """
    with _all_or_nothing():
        standing = ImportRecord.objects.filter(state=ImportRecord.State.APPLIED)
        record = standing.select_for_update().order_by("-made_at", "-id").first()
        if record is None:
            raise ImportStoppedError("没有可以撤销的导入。")
        if expected not in (None, record.pk):
            raise ImportStoppedError("只能撤销最近一次导入，其间又有新的导入。")
        writer, done = Writer(user), 0
        total = record.changes.count()
        for batch in in_batches(record.changes.order_by("-id").iterator(BATCH)):
            with indexing.collecting():
                _take_back(writer, batch)
            done += len(batch)
            progress(f"已还原{done}条，共{total}条")
        record.state = ImportRecord.State.UNDONE
        record.undone_at = timezone.now()
        record.save(update_fields=["state", "undone_at"])
    return record


@contextmanager
def _all_or_nothing() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise ImportStoppedError("其间有人改动了同样的地名，未导入任何数据，请重试。") from error


def _present(codes: Iterable[str]) -> dict[str, PlaceName]:
    places = with_relations(PlaceName.objects.filter(code__in=list(codes)))
    return {place.code: place for place in places}


def _carry_out(record: ImportRecord, writer: Writer, batch: list[Difference]) -> None:
    present = _present(difference.code for difference in batch)
    changes, new, touched, gone = [], [], [], []
    for difference in batch:
        place = present.get(difference.code)
        if (place is None) != (difference.action == ADDED):
            raise ImportStoppedError(f"核对之后“{difference.name}”又有变动，请重新核对文件。")
        values = {name: after for name, (_, after) in difference.fields.items()}
        before = None
        if place is not None:
            before = state_of(place)
            if any(before[name] != was for name, (was, _) in difference.fields.items()):
                raise ImportStoppedError(f"核对之后“{difference.name}”又有变动，请重新核对文件。")
        change = ImportChange(record=record, action=difference.action, code=difference.code)
        change.before = before and before | {SPELLINGS: spellings(place)}
        if difference.action == REMOVED:
            gone.append(place)
        elif difference.action == CHANGED:
            change.after_digest = digest(writer.change(place, before, values))
            touched.append(place)
        else:
            place, state = writer.prepare(values)
            change.after_digest = digest(state)
            new.append(place)
        changes.append(change)
    writer.create(new)
    _delete(gone)
    insert_records(changes)
    _tell(new + touched)


def _take_back(writer: Writer, batch: list[ImportChange]) -> None:
    present = _present(change.code for change in batch)
    new, touched, gone = [], [], []
    for change in batch:
        place = present.get(change.code)
        expected = change.after_digest or None
        found = digest(state_of(place)) if place else None
        if found != expected:
            name = place.name if place else change.code
            raise ImportStoppedError(f"“{name}”在导入之后又有变动，不能整体撤销，请逐条更正。")
        if place and (place.locked or place.has_unpublished_changes):
            raise ImportStoppedError(f"“{place.name}”已锁定或有尚未发布的修改，不能撤销。")
        if change.action == ADDED:
            gone.append(place)
        elif change.action == CHANGED:
            then, now = _split(change.before), state_of(place)
            values = {name: was for name, was in then.state.items() if now[name] != was}
            writer.change(place, now, values, then.spellings)
            touched.append(place)
        else:
            then = _split(change.before)
            new.append(writer.prepare(then.state, then.spellings)[0])
    writer.create(new)
    _delete(gone)
    _tell(new + touched)


class _Then(NamedTuple):
    state: dict[str, str]
    spellings: list[list[str]]


def _split(before: dict) -> _Then:
    state = {name: value for name, value in before.items() if name != SPELLINGS}
    return _Then(state, before.get(SPELLINGS, []))


def _delete(places: list[PlaceName]) -> None:
    """Delete all of them, or raise ImportStoppedError with what still hangs on them."""
    if not places:
        return
    ids = [place.pk for place in places]
    pictured = PlaceImage.objects.filter(place__in=ids).select_related("place", "image")
    held = [f"{each.place}的照片“{each}”" for each in pictured]
    try:
        if not held:
            PlaceName.objects.filter(pk__in=ids).delete()
            return
    except ProtectedError as error:
        held = [f"{each._meta.verbose_name}“{each}”" for each in error.protected_objects]
    shown = "；".join(sorted(held)[:HELD_SHOWN]) + ("……" if len(held) > HELD_SHOWN else "")
    raise ImportStoppedError(
        f"要删除的地名被其他记录引用（已查到{len(held)}条）：{shown}。请先处理这些记录，或保留这些地名。"
        "数据没有改动。"
    )


def _tell(places: list[PlaceName]) -> None:
    """Bulk statements send no signals, so the search index and the page cache are updated here."""
    indexing.update(place.pk for place in places)
    invalidate()
