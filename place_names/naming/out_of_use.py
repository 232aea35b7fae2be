"""Names that a proposal should not take up again: those that have ended, and non-standard ones."""

from collections.abc import Iterator
from dataclasses import dataclass

from place_names.models import NonStandardName, PlaceName
from place_names.names.successors import standard_names_of

from . import clauses

Status = PlaceName.Status


@dataclass(frozen=True)
class OutOfUse:
    """One such name; `category` is empty for a name of the list, which has no class."""

    name: str
    rule: str
    text: str
    clause: str
    category: str = ""


def out_of_use() -> list[OutOfUse]:
    """What is public of them: the list of non-standard names, historical and abolished names."""
    return [*_listed(), *_ended()]


def _listed() -> Iterator[OutOfUse]:
    rows = list(NonStandardName.objects.published().order_by("name", "pk"))
    now = standard_names_of(row.place_id for row in rows if row.place_id)
    for row in rows:
        instead = "、".join(f"“{place.name}”" for place in now.get(row.place_id, ()))
        text = f"在不规范地名清单上（{row.get_kind_display()}：{row.reason}）"
        text += f"，标准地名是{instead}。" if instead else "。"
        yield OutOfUse(row.name, "listed", text, row.basis)


def _ended() -> Iterator[OutOfUse]:
    rows = list(
        PlaceName.objects.published()
        .filter(status__in=(Status.HISTORICAL, Status.ABOLISHED))
        .order_by("code")
        .values_list("pk", "name", "category__code", "year_abolished", "abolition_ground")
    )
    now = standard_names_of(pk for pk, *_ in rows)
    for pk, name, category, year, ground in rows:
        instead = "、".join(f"“{place.name}”" for place in now[pk])
        when = f"{year}年停用" if year else "已停用"
        text = f"原来是{instead}的名称，{when}" if instead else f"是已不使用的地名，{when}"
        text += "。再用容易混淆，请在申请书中说明。"
        yield OutOfUse(name, "ended", text, ground or clauses.SINGLE, category)
