"""The 20-digit place code and the tree of classes it names.

《国家地名数据库代码编制规则》（民地办发〔2010〕1号）: six digits of the county-level
division (GB/T 2260), three of the subdistrict (GB/T 10114; 000 when the place lies in
several), five of the class (GB/T 18521), six of a serial number that starts at 000001
within the same fourteen digits before it. Nothing here touches the database.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

DISTRICT = "440105"
SEVERAL_SUBDISTRICTS = "000"
CLASS_FILE = Path(__file__).parents[1] / "data" / "category_codes.csv"

_TWENTY_DIGITS = re.compile(r"[0-9]{20}")


@dataclass(frozen=True)
class PlaceCode:
    """The four parts of a code; ``str()`` gives the 20 digits back."""

    district: str
    subdistrict: str
    category: str
    serial: int

    def __str__(self) -> str:
        return f"{self.district}{self.subdistrict}{self.category}{self.serial:06d}"

    @property
    def subdistrict_code(self) -> str | None:
        """The 9-digit code of the subdistrict, or None when the place lies in several."""
        if self.subdistrict == SEVERAL_SUBDISTRICTS:
            return None
        return self.district + self.subdistrict


@dataclass(frozen=True)
class PlaceClass:
    """One row of the class tree (GB/T 18521), code padded with zeros to five digits.

    ``certainty`` (high, medium, low) says how well the code is documented in public
    sources; ``evidence`` says where.
    """

    code: str
    name: str
    certainty: str
    evidence: str
    parent: str | None


def parse(code: str | None) -> PlaceCode:
    """Split a 20-digit code into its parts.

    Raises ValueError with a Chinese message that says what is wrong.
    """
    text = str(code or "").strip()
    if not text:
        raise ValueError("没有填写地名代码，地名代码应为20位数字")
    if not text.isascii() or not text.isdigit():
        raise ValueError("地名代码只能由数字组成")
    if not _TWENTY_DIGITS.fullmatch(text):
        raise ValueError(f"地名代码应为20位数字，现有{len(text)}位")
    serial = int(text[14:])
    if serial == 0:
        raise ValueError("地名代码末6位为顺序号，应从000001编起")
    return PlaceCode(text[:6], text[6:9], text[9:14], serial)


def build(category: str, subdistricts: Iterable[str], serial: int, district: str = DISTRICT) -> str:
    """Make the 20-digit code of a place.

    ``subdistricts`` are 9-digit codes; none or more than one gives 000 in the second part.
    Raises ValueError when a part does not fit its digits.
    """
    category = str(category)
    if not re.fullmatch(r"[0-9]{5}", category):
        raise ValueError(f"类别代码应为5位数字：{category}")
    if not 1 <= int(serial) <= 999_999:
        raise ValueError(f"顺序号应在1至999999之间：{serial}")
    places = list(subdistricts)
    part = SEVERAL_SUBDISTRICTS
    if len(places) == 1:
        if not re.fullmatch(r"[0-9]{9}", places[0]) or not places[0].startswith(district):
            raise ValueError(f"街道代码应为9位数字并以{district}开头：{places[0]}")
        part = places[0][6:]
    return str(PlaceCode(district, part, category, int(serial)))


def faults(
    code: str | None, category: str, subdistricts: Iterable[str], district: str = DISTRICT
) -> list[tuple[str, str]]:
    """Say in Chinese what in a code disagrees with the record that carries it.

    ``category`` is the 5-digit class and ``subdistricts`` the 9-digit codes of the record.
    Returns a list of (part, message), empty when all is well; ``part`` is one of
    ``form``, ``district``, ``category``, ``subdistrict``. A place in several subdistricts
    has 000; a record without subdistrict is not held against the code.
    """
    try:
        parts = parse(code)
    except ValueError as problem:
        return [("form", str(problem))]
    found = []
    if parts.district != district:
        found.append(("district", f"代码前6位是{parts.district}，应为本区代码{district}"))
    if category and parts.category != str(category):
        found.append(
            (
                "category",
                f"代码中的类别是{describe(parts.category)}，登记的类别是{describe(category)}",
            )
        )
    places = list(subdistricts)
    if places:
        wanted = places[0][6:] if len(places) == 1 else SEVERAL_SUBDISTRICTS
        if parts.subdistrict != wanted:
            found.append(
                ("subdistrict", f"代码中的街道段是{parts.subdistrict}，按登记的街道应为{wanted}")
            )
    return found


def describe(category: str) -> str:
    """``23510（道路、街巷）``, or the bare code when the class is unknown."""
    known = classes().get(str(category))
    return f"{category}（{known.name}）" if known else str(category)


@lru_cache(maxsize=1)
def classes() -> dict[str, PlaceClass]:
    """All classes by their 5-digit code, in the order of the file.

    The parent of a class is the longest shorter prefix in the file: 23510 → 23500 → 23000.
    """
    with CLASS_FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    known = {row["code"] for row in rows}
    return {row["code"]: PlaceClass(**row, parent=_parent(row["code"], known)) for row in rows}


def _parent(code: str, known: set[str]) -> str | None:
    significant = code.rstrip("0")
    for length in range(len(significant) - 1, 0, -1):
        candidate = code[:length].ljust(5, "0")
        if candidate in known and candidate != code:
            return candidate
    return None
