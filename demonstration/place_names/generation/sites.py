"""Made-up names beside the roads: estates, bridges, creeks, parks, stations, sites."""

from demonstration.place_names.generation import lexicon
from demonstration.place_names.generation.records import Record
from demonstration.place_names.generation.territory import (
    areas,
    line_through,
    metres,
    random_for,
)

# class: (weight, generic parts, whether stems of the place are used, years, phrase)
KINDS = {
    "22100": (
        380,
        ["花园", "苑", "雅苑", "新村", "小区", "大院", "华庭", "名苑", "家园", "雅居", "公寓"],
        False,
        (1954, 2020),
        "住宅区，有住宅楼{a}幢。",
    ),
    "23610": (90, ["桥", "桥", "桥", "大桥", "人行天桥"], True, (1780, 2016), "桥长约{a}米。"),
    "12100": (40, ["涌"], True, (0, 0), "河涌，长约{b}米。"),
    "25200": (70, ["公园", "游园", "绿地"], True, (1956, 2021), "占地约{b}平方米。"),
    "23530": (90, ["站", "站", "公交总站"], True, (1962, 2022), "公交车站。"),
    "26100": (80, ["大厦", "大厦", "商务中心", "大楼"], False, (1984, 2021), "楼高{a}层。"),
    "21770": (30, ["围", "坦", "基", "庄"], False, (1750, 1930), ""),
    "25100": (50, ["书舍", "古庙", "门楼", "书院"], False, (1700, 1911), "砖木结构，坐北朝南。"),
    "24300": (24, ["水闸", "泵站"], True, (1958, 2018), ""),
    "26510": (20, ["市场"], True, (1979, 2012), "集贸市场，有档位约{b}个。"),
}
PLACES = ["东", "西", "南", "北", "新", "下", "上"]
WITH_SPECIFIC_OF_ITS_OWN = {"22100", "26100"}


def made_up(seed, count, taken):
    """``count`` names of all kinds by their weights; the last kind fills up."""
    total = sum(kind[0] for kind in KINDS.values())
    done = 0
    for position, (category, kind) in enumerate(KINDS.items(), start=1):
        quota = count - done if position == len(KINDS) else count * kind[0] // total
        for number, record in enumerate(_of_kind(seed, category, kind, taken)):
            if number >= quota:
                break
            done += 1
            yield record


def _of_kind(seed, category, kind, taken):
    _, generics, local_stems, years, phrase = kind
    rng = random_for(seed, "sites", category)
    codes = sorted(areas())
    while True:
        area = areas()[rng.choice(codes)]
        stem = _stem(rng, area, local_stems)
        if stem is None:
            continue
        name = stem.text + rng.choice(generics)
        if category in WITH_SPECIFIC_OF_ITS_OWN and not taken.take_specific(stem.text, category):
            continue
        if not taken.take(name, category):
            continue
        record = _record(rng, area, name, category, stem, years)
        if phrase and rng.random() < 0.7:
            numbers = {"a": rng.randint(3, 32), "b": rng.randint(30, 900)}
            if record.shape is not None:
                numbers["b"] = round(metres(record.shape), -1)
            record.description = phrase.format(**numbers)
        yield record


def _stem(rng, area, local_stems):
    if local_stems:
        found = lexicon.villages(area.code) + lexicon.communities(area.code)
        if found and rng.random() < 0.7:
            stem = rng.choice(found)
            text = stem.text + (rng.choice(PLACES) if rng.random() < 0.5 else "")
            return lexicon.Stem(text, stem.meaning, stem.kind)
    return lexicon.stem(rng.randrange(lexicon.stem_count()))


def _record(rng, area, name, category, stem, years):
    lon, lat = area.random_point(rng)
    record = Record(name, category, [area.code], lon, lat)
    if rng.random() < 0.55:
        record.meaning = stem.meaning + "。"
    if years[0] and rng.random() < 0.8:
        record.year_established = rng.randint(*years)
        if category == "23530" and rng.random() < 0.05:
            record.status = "abolished"
            record.year_abolished = min(record.year_established + rng.randint(4, 30), 2024)
            record.history = f"{record.year_abolished}年线路调整后撤销。"
    if category == "12100":
        record.shape = line_through(
            rng, (lon, lat), rng.uniform(0, 180), rng.uniform(0.003, 0.007), area.inner
        )
    return record
