"""The deliberate faults, for the officers' checks to find.

``README.md`` lists them; a test holds that list, this one and the checks
together.
"""

from shapely.geometry import LineString

from demonstration.place_names.generation.records import Record
from demonstration.place_names.generation.territory import areas, random_for

ROAD, ESTATE, BUILDING = "23510", "22100", "26100"

# (kind of fault, name, class, subdistrict, what is wrong)
ROADS = (
    ("duplicate", "仁寿里", ROAD, "440105007", {}),
    ("duplicate", "仁寿里", ROAD, "440105009", {}),
    ("homophone", "福星里", ROAD, "440105008", {}),
    ("homophone", "福兴里", ROAD, "440105007", {}),
    ("outside", "祥和直街", ROAD, "440105006", {"located_in": "440105016"}),
    ("outside", "东海大街", ROAD, "440105005", {"lon": 113.2715, "lat": 23.1167}),
    ("no_romanisation", "埗头横街", ROAD, "440105010", {"romanisation": ""}),
    ("no_romanisation", "塱尾二巷", ROAD, "440105017", {"romanisation": ""}),
    ("code_category", "宝兴大街", ROAD, "440105009", {"code_category": ESTATE}),
    ("code_subdistrict", "庆云里", ROAD, "440105009", {"code_subdistricts": ["440105010"]}),
    ("variant_taken", "云霞大街", ROAD, "440105012", {"variants": ["alias:福星里"]}),
    ("line_apart", "涌尾新路", ROAD, "440105002", {"line_in": "440105017"}),
)
OTHERS = (
    ("homophone", "怡锦花园", ESTATE, "440105014", {}),
    ("homophone", "宜锦花园", ESTATE, "440105013", {}),
    ("variant_taken", "康宁楼", ESTATE, "440105003", {"variants": ["former:光大花园[1992-1999]"]}),
    ("wording", "天下第一城花园", ESTATE, "440105015", {}),
    ("wording", "塞纳左岸花园", ESTATE, "440105016", {}),
    ("wording", "K2荟公寓", ESTATE, "440105001", {}),
    ("wording", "宇宙皇庭大厦", BUILDING, "440105015", {}),
)


def made_up(seed, rows):
    """The records of ``ROADS`` or ``OTHERS``, in order; all of them 示例数据."""
    for number, (_, name, category, place, wrong) in enumerate(rows):
        rng = random_for(seed, "fault", number, name)
        lon, lat = areas()[wrong.get("located_in", place)].random_point(rng)
        record = Record(
            name,
            category,
            [place],
            wrong.get("lon", lon),
            wrong.get("lat", lat),
            variants=list(wrong.get("variants", ())),
            romanisation=wrong.get("romanisation"),
            code_category=wrong.get("code_category", ""),
            code_subdistricts=wrong.get("code_subdistricts"),
        )
        if {"lon", "located_in"} & wrong.keys():
            rng_of_sign = random_for(seed, "sign of a fault", number, name)
            record.stands_at = areas()[place].random_point(rng_of_sign)
        if "line_in" in wrong:
            there = areas()[wrong["line_in"]]
            record.shape = LineString([there.random_point(rng), there.random_point(rng)])
        else:
            record.year_established = rng.randint(1953, 2012)
        yield record
