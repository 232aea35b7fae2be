"""Which column of a file is which field of the register."""

from place_names.names.rows import COLUMNS, HEADINGS, SHAPE

OTHER_HEADINGS = {
    "地名": "name",
    "名称": "name",
    "地名名称": "name",
    "代码": "code",
    "汉语拼音": "romanisation",
    "拼音": "romanisation",
    "类别": "category",
    "类别代码": "category",
    "地名类别代码": "category",
    "使用时间": "status",
    "街道": "subdistricts",
    "所在（跨）行政区": "subdistricts",
    "所在(跨)行政区": "subdistricts",
    "经度": "lon",
    "纬度": "lat",
    "含义": "meaning",
    "来历": "origin",
    "历史沿革": "history",
    "沿革": "history",
    "概况": "description",
    "资料来源": "sources",
    "来源": "sources",
}
# The internal form has a secrecy grade. It is never read, whatever a mapping says.
NEVER = {"密级", "secrecy", "security"}

KNOWN = {name: name for name in COLUMNS}
KNOWN |= {label: name for name, label in HEADINGS.items() if name != SHAPE}
KNOWN |= OTHER_HEADINGS


class MappingError(ValueError):
    """The columns of the file do not fit; the message is shown as it is."""


def guess(headings: list[str]) -> dict[str, str]:
    """Field by heading for the headings that can be told; each field once, first come."""
    found: dict[str, str] = {}
    for heading in headings:
        word = heading.strip().lower()
        name = KNOWN.get(word) or KNOWN.get(word.rstrip("*＊")) or _shortened(word)
        if name and name not in found.values():
            found[heading] = name
    return found


def _shortened(word: str) -> str | None:
    """The field of a heading that a Shapefile cut off after ten bytes, if only one fits."""
    if len(word.encode()) < 8:
        return None
    fields = {name for heading, name in KNOWN.items() if heading.startswith(word.rstrip("\ufffd"))}
    return fields.pop() if len(fields) == 1 else None


def settle(headings: list[str], columns: dict[str, str] | None = None) -> dict[str, str]:
    """The mapping to use: the given one where it fits, else the guess.

    Rows without a code are matched by name. Raises MappingError when a heading appears twice, or two
    columns are mapped to one field.
    """
    named = [heading for heading in headings if heading.strip()]
    twice = sorted({heading for heading in named if named.count(heading) > 1})
    if twice:
        raise MappingError(f"表头有重复的列：{'、'.join(twice)}。")
    chosen = guess(named) if columns is None else columns
    chosen = {
        heading: name
        for heading, name in chosen.items()
        if heading in named and name in COLUMNS and heading.strip().lower() not in NEVER
    }
    fields = list(chosen.values())
    doubled = sorted({HEADINGS[name] for name in fields if fields.count(name) > 1})
    if doubled:
        raise MappingError(f"有多列对应同一项：{'、'.join(doubled)}。")
    if "name" not in fields:
        shown = "、".join(named[:12])
        raise MappingError(f"找不到“{HEADINGS['name']}”列。文件的表头是：{shown}。")
    return chosen
