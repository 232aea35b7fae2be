"""What a guide asks people to bring: its own materials, and lists that a booking service keeps.

Whoever shows, compares or hands out the materials of a guide reads them here.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from home.material_lists import facts_of, material_list

from ..blocks.procedure import form_label


@dataclass(frozen=True)
class GuideMaterial:
    """`quantity`: 原件，1份; `form` and `copies` are its parts, empty and None in a list of a
    booking service; `sample`: the empty form, a document; `shared_name`: what it is called
    where the materials of several guides are joined."""

    name: str
    quantity: str
    note: str
    is_required: bool
    form: str = ""
    copies: int | None = None
    sample: object = None
    shared_name: str = ""


@dataclass(frozen=True)
class MaterialTable:
    """Materials that stand together; `caption` is "" for those of the guide itself, `note` rich
    text after the list, or None."""

    caption: str
    rows: tuple[GuideMaterial, ...]
    note: object = None


def tables_of(guide) -> list[MaterialTable]:
    """The materials in the editor's order, one table for each list; one query a list."""
    tables: list[MaterialTable] = []
    own: list[GuideMaterial] = []
    for block in guide.materials:
        if block.block_type == "material":
            own.append(_own(block.value))
            continue
        tables += [MaterialTable("", tuple(own))] if own else []
        own = []
        if rows := tuple(_listed(block.value)):
            tables.append(MaterialTable(block.value["caption"], rows, block.value.get("note")))
    return [*tables, MaterialTable("", tuple(own))] if own else tables


def materials_of(guide) -> list[GuideMaterial]:
    return [row for table in tables_of(guide) for row in table.rows]


def _own(value) -> GuideMaterial:
    form = form_label(value)
    return GuideMaterial(
        name=value["name"],
        quantity=f"{form}，{value['copies']}份",
        note=value.get("note") or "",
        is_required=bool(value.get("required")),
        form=form,
        copies=value["copies"],
        sample=value.get("sample"),
        shared_name=value.get("shared_name") or "",
    )


def _listed(value) -> Iterator[GuideMaterial]:
    listed = material_list(value["list_key"], facts_of(value["facts"] or ()))
    for material in listed.materials if listed else ():
        yield GuideMaterial(
            name=material.name,
            quantity=material.quantity,
            note=material.explanation,
            is_required=not material.is_by_case,
            sample=material.form,
        )
