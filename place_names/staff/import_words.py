"""The dry run in words: headings for fields, names for codes."""

from place_names.importing.differences import Difference
from place_names.models import PlaceName, Subdistrict
from place_names.names import codes
from place_names.names.rows import HEADINGS


def told(differences: list[Difference]) -> list[tuple[Difference, list[tuple[str, str, str]]]]:
    """Each difference with (heading, before, after) of its fields, in the order of HEADINGS.

    What identifies a new name is told beside it and left out.
    """
    areas = dict(Subdistrict.objects.values_list("code", "name"))
    return [
        (
            each,
            [
                (heading, *(_shown(field, value, areas) for value in each.fields[field]))
                for field, heading in HEADINGS.items()
                if field in each.fields
                and not (each.action == "added" and field in ("code", "name"))
            ],
        )
        for each in differences
    ]


def _shown(field: str, value: str, areas: dict[str, str]) -> str:
    if field == "subdistricts":
        return "、".join(areas.get(code, code) for code in value.split(";") if code)
    if field == "category" and value in codes.classes():
        return f"{codes.classes()[value].name}（{value}）"
    if field == "status" and value:
        return PlaceName.Status(value).label
    return value
