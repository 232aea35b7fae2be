"""The materials of several guides as one list, each document once."""

from collections.abc import Iterable
from dataclasses import dataclass

from ..pages.materials import GuideMaterial, materials_of


@dataclass(frozen=True)
class Use:
    """What guides ask for in the same words: `name` where the list has another, `quantity` as
    原件和复印件，1份. `is_sure`: for something that is probably got, not only asked about."""

    name: str
    quantity: str
    note: str
    is_sure: bool
    guides: tuple[str, ...]


@dataclass(frozen=True)
class Material:
    """A document that is brought once, whatever it is for.

    `is_required`: by something that is probably got, from everybody.
    """

    name: str
    uses: tuple[Use, ...]
    is_required: bool

    @property
    def is_sure(self) -> bool:
        """Whether any of its uses is; otherwise one asks before bringing it."""
        return any(use.is_sure for use in self.uses)


def joined(guides: Iterable[tuple]) -> list[Material]:
    """The materials of guides, each with whether something of it is probably got.

    Those that somebody must have come first, then those that depend, then those of what is to be
    asked about; otherwise they keep the order of the guides. Documents with the same `shared_name`
    are one, under the name that they have in all guides, else under the shared one.
    """
    found: dict[str, list[tuple[GuideMaterial, str, bool]]] = {}
    for guide, is_sure in guides:
        for material in materials_of(guide):
            key = (material.shared_name or material.name).strip()
            found.setdefault(key, []).append((material, guide.title, is_sure))
    materials = [_material(shared, asked) for shared, asked in found.items()]
    return sorted(materials, key=lambda each: (not each.is_required, not each.is_sure))


def _material(shared: str, asked: list[tuple[GuideMaterial, str, bool]]) -> Material:
    own = {material.name for material, _guide, _is_sure in asked}
    name = own.pop() if len(own) == 1 else shared
    uses: dict[tuple[str, str, str, bool], list[str]] = {}
    for material, guide, is_sure in asked:
        other = "" if material.name == name else material.name
        words = (other, material.quantity, material.note, is_sure)
        uses.setdefault(words, []).append(guide)
    return Material(
        name,
        tuple(Use(*words, tuple(dict.fromkeys(titles))) for words, titles in uses.items()),
        any(material.is_required and is_sure for material, _guide, is_sure in asked),
    )
