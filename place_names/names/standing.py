"""Whether status, years and grounds of a record agree: what is planned, in force, abolished."""

from collections.abc import Iterator
from datetime import date

from place_names.models import PlaceName

Status = PlaceName.Status
Fault = tuple[str, str]


def faults(
    status: str,
    year_established: int | None,
    year_abolished: int | None,
    *,
    ground: str,
    this_year: int,
) -> Iterator[Fault]:
    """(field, message in Chinese) of each disagreement.

    A name whose first year is still to come is planned, not in force. One that is to be abolished
    is in force until then. An abolished name says since when and why (`ground`).
    """
    if status == Status.STANDARD and year_established and year_established > this_year:
        yield (
            "status",
            f"{year_established}年还没有到，状态请选“{Status.PLANNED.label}”，到年自动启用。",
        )
    if status == Status.PLANNED and (not year_established or year_established <= this_year):
        yield "year_established", "“已批准未启用”的地名，设立年份请填写今后启用的年份。"
    if status == Status.STANDARD and year_abolished and year_abolished <= this_year:
        yield "status", f"{year_abolished}年已经废止的地名，状态不能是“{Status.STANDARD.label}”。"
    if status == Status.STANDARD and year_abolished and year_abolished > this_year and not ground:
        yield "abolition_ground", "已定今后废止，请填写废止依据。"
    if status == Status.ABOLISHED:
        if not year_abolished:
            yield "year_abolished", "已废止的地名请填写废止年份。"
        elif year_abolished > this_year:
            yield (
                "status",
                f"{year_abolished}年还没有到，状态请仍选“{Status.STANDARD.label}”，到年自动废止。",
            )
        if not ground:
            yield "abolition_ground", "已废止的地名请填写废止依据，例如批准文号、公告。"


def fault_of_approval(day: date | None, today: date) -> str:
    """Why nobody can have approved a name on that day; empty where somebody can.

    A year below 1000 is a slip of typing (0206 for 2026): no approval with a day is older.
    """
    if day and day > today:
        return "批准日期不能晚于今天。"
    if day and day.year < 1000:
        return f"批准日期是{day.year}年，请核对年份。"
    return ""
