"""What an officer should look at before an import: rows that can be taken, and may be wrong."""

from home.traditional.text import to_simplified
from place_names.models import Subdistrict
from place_names.names.at_point import subdistrict_at
from place_names.names.rows import HEADINGS

from .differences import ADDED, CHANGED, Difference
from .problems import Problem


class Remarks:
    """Looks at the differences of one file, in their order."""

    def __init__(self):
        self.lines: dict[tuple[str, ...], int] = {}
        self.subdistricts = dict(Subdistrict.objects.values_list("code", "name"))

    def of(self, each: Difference, row: dict[str, str]) -> list[Problem]:
        """What to look at in a row; `row` is what the file says of the place."""
        if each.action not in (ADDED, CHANGED):
            return []
        told = [*self._name(each, row), *self._place(each, row)]
        return [Problem(each.line, HEADINGS[field], value, reason) for field, value, reason in told]

    def _name(self, each: Difference, row: dict[str, str]):
        fields = each.fields
        if "name" not in fields:
            if each.action == CHANGED and "category" in fields:
                was = fields["category"][0]
                yield "category", fields["category"][1], f"原来是{was}，代码不会跟着变"
            return
        name = fields["name"][1]
        if each.action == CHANGED:
            was = fields["name"][0]
            yield "name", name, f"登记的名称是“{was}”，会直接改掉，不留曾用名；真正的更名请用“更名”"
        if (simplified := to_simplified(name)) != name:
            yield "name", name, f"含有繁体字，规范写法是“{simplified}”"
        if any(sign in name for sign in "()（）"):
            yield "name", name, "含有括号；曾用名、别名请填在“其他名称”"
        key = (name, row.get("category", ""), row.get("subdistricts", ""))
        first = self.lines.setdefault(key, each.line)
        if each.action == ADDED and first != each.line:
            yield "name", name, f"与第{first}行的名称、类别、街道都相同"

    def _place(self, each: Difference, row: dict[str, str]):
        if not {"lon", "lat"} & each.fields.keys() or not (row.get("lon") and row.get("lat")):
            return
        named = [code for code in row.get("subdistricts", "").split(";") if code]
        there = subdistrict_at(float(row["lon"]), float(row["lat"]))
        shown = f"{row['lon']}, {row['lat']}"
        if there is None:
            yield "lon", shown, "不在海珠区内"
        elif named and there.code not in named:
            names = "、".join(self.subdistricts[code] for code in named)
            yield "lon", shown, f"在{there.name}，街道填的是{names}"
