"""What the checks look at, and what they find."""

from dataclasses import dataclass

IN_USE = ("standard", "pending", "planned")
TOLERANCE = 0.00005  # degrees, about 5 m: a point on the line between two is in both


@dataclass(frozen=True, slots=True)
class Entry:
    """What the rules need of a place name; ``subdistricts`` are 9-digit codes."""

    id: int
    code: str
    name: str
    romanisation: str
    category: str
    status: str
    subdistricts: tuple
    geometry: dict | None
    variants: tuple = ()
    description: str = ""
    specific: str = ""
    generic: str = ""

    @property
    def in_use(self):
        return self.status in IN_USE


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of one entry: what is wrong, in words for an officer, and with whom."""

    entry: int
    kind: str
    message: str
    others: tuple = ()


def areas_told(found, names):
    """Subdistricts in words; `names` are {9-digit code: name}."""
    return "、".join(names.get(code, code) for code in found)
