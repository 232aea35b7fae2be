"""What a name is on the map: how it is drawn, and which of two labels stays."""

KINDS = (
    ("121", "water"),
    ("122", "water"),
    ("2423", "water"),
    ("2421", "water"),
    ("245", "water"),
    ("252", "park"),
    ("253", "park"),
    ("254", "park"),
    ("21", "area"),
    ("123", "area"),
    ("22", "estate"),
    ("2353", "station"),
    ("23", "road"),
    ("251", "sight"),
)
"""The beginning of the code of a class (GB/T 18521-2001) and the kind; the first that fits."""
OTHER = "other"
IMPORTANT = {"area": 1, "water": 2, "park": 3, "sight": 4, "station": 5, "estate": 6, OTHER: 7}
"""Of two labels that do not fit beside each other the one with the lower number stays."""
ROADS = (
    ("大道", 2),
    ("高速公路", 2),
    ("快速干线", 2),
    ("大桥", 3),
    ("路", 4),
    ("街", 6),
    ("巷", 8),
)
LESSER_ROAD = 7

ICONS = {kind: kind for _, kind in KINDS} | {OTHER: "map"}
"""The symbol of a kind in lists, in the sprite `static/img/icons.svg`."""


def kind_of(code: str) -> str:
    """The kind of a class of five digits."""
    return next((kind for start, kind in KINDS if code.startswith(start)), OTHER)


def icon_of(code: str) -> str:
    """The symbol of a class of five digits."""
    return ICONS[kind_of(code)]


def rank_of(code: str, name: str) -> int:
    """How important the label is; 1 is the highest."""
    kind = kind_of(code)
    if kind != "road":
        return IMPORTANT[kind]
    for ending, rank in ROADS:
        if name.rstrip("东南西北中").endswith(ending):
            return rank
    return LESSER_ROAD
