"""The materials of several guides as one list, each document once."""

from collections.abc import Iterable
from dataclasses import dataclass

from ..pages.materials import GuideMaterial, materials_of


@dataclass(frozen=True)
class Use:
    """What guides ask for in the same words: `name` where the list has another, `quantity` as
    原件和复印件，1份."""

    name: str
    quantity: str
    note: str
    guides: tuple[str, ...]


@dataclass(frozen=True)
class Material:
    """A document that is brought once, whatever it is for."""

    name: str
    uses: tuple[Use, ...]
    is_required: bool


def joined(guides: Iterable) -> list[Material]:
    """Those that somebody must have first, otherwise in the order of the guides.

    Documents with the same `shared_name` are one, under the name that they have in all guides,
    else under the shared one.
    """
    found: dict[str, list[tuple[GuideMaterial, str]]] = {}
    for guide in guides:
        for material in materials_of(guide):
            key = (material.shared_name or material.name).strip()
            found.setdefault(key, []).append((material, guide.title))
    materials = [_material(shared, asked) for shared, asked in found.items()]
    return sorted(materials, key=lambda material: not material.is_required)


def _material(shared: str, asked: list[tuple[GuideMaterial, str]]) -> Material:
    own = {material.name for material, _guide in asked}
    name = own.pop() if len(own) == 1 else shared
    uses: dict[tuple[str, str, str], list[str]] = {}
    for material, guide in asked:
        other = "" if material.name == name else material.name
        uses.setdefault((other, material.quantity, material.note), []).append(guide)
    return Material(
        name,
        tuple(Use(*words, tuple(dict.fromkeys(titles))) for words, titles in uses.items()),
        any(material.is_required for material, _guide in asked),
    )
