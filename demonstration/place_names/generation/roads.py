"""Made-up roads and lanes in the style of the district, to 4,387 with the real ones.

Old streets by the river have families of 里, 坊, 约 and streets around one stem (敬和里,
敬和一巷 …); villages count their lanes by section (沥滘东约三巷 …); the newer quarters have
roads. Every lane lies in its subdistrict, near the others of its family.
"""

from demonstration.place_names.generation import lexicon
from demonstration.place_names.generation.records import Record
from demonstration.place_names.generation.territory import (
    areas,
    line_through,
    metres,
    random_for,
)

CLASS = "23510"
NUMERALS = "一二三四五六七八九十"
OLD_GENERICS = [
    "里",
    "坊",
    "巷",
    "大街",
    "直街",
    "横街",
    "新街",
    "正街",
    "东街",
    "西街",
    "南街",
    "北街",
    "后街",
    "前街",
    "内街",
    "外街",
    "横巷",
    "直巷",
    "新巷",
    "首约",
    "二约",
    "围",
]
NEW_GENERICS = [
    "路",
    "街",
    "东路",
    "西路",
    "南路",
    "北路",
    "大街",
    "横路",
    "一街",
    "二街",
    "三街",
    "四街",
    "五街",
    "横街",
    "新街",
]
VILLAGE_GENERICS = [
    "大街",
    "直街",
    "横街",
    "新街",
    "正街",
    "东街",
    "西街",
    "南街",
    "北街",
    "横巷",
    "直巷",
    "路",
]
WITH_LINES = ("路", "大街", "直街")
SIDES = ("", "", "", "东", "西", "南", "北", "上", "左", "右")

# How many roads and lanes a subdistrict gets beside the others, and in which style.
SHARES = {
    "440105001": (250, "new"),
    "440105002": (150, "new"),
    "440105003": (200, "new"),
    "440105004": (170, "old"),
    "440105005": (160, "old"),
    "440105006": (150, "old"),
    "440105007": (300, "old"),
    "440105008": (330, "old"),
    "440105009": (270, "old"),
    "440105010": (150, "new"),
    "440105011": (250, "village"),
    "440105012": (290, "village"),
    "440105013": (250, "village"),
    "440105014": (290, "village"),
    "440105015": (320, "village"),
    "440105016": (370, "village"),
    "440105017": (280, "village"),
    "440105018": (240, "village"),
}


def made_up(seed, count, taken):
    """``count`` roads and lanes, subdistrict by subdistrict; their names are taken."""
    total = sum(share for share, _ in SHARES.values())
    done = 0
    for position, (code, (share, style)) in enumerate(SHARES.items(), start=1):
        left = count - done
        quota = left if position == len(SHARES) else min(left, count * share // total)
        for number, record in enumerate(_of_subdistrict(seed, code, style, taken)):
            if number >= quota:
                break
            done += 1
            yield record


def _of_subdistrict(seed, code, style, taken):
    """Records of one subdistrict without end, in families."""
    rng = random_for(seed, "roads", code)
    area = areas()[code]
    local = lexicon.villages(code) + lexicon.communities(code)
    while True:
        # Local stems come back with other sections and sides; words are new each time.
        if local and rng.random() < (0.75 if style == "village" else 0.35):
            stem = rng.choice(local)
        else:
            stem = lexicon.stem(rng.randrange(lexicon.stem_count()))
            if stem is None:
                continue
        centre = area.random_point(rng)
        year = _year(rng, style)
        for name, meaning, origin in _family(rng, stem, style):
            if taken.take(name, CLASS):
                yield _record(rng, area, name, centre, year, style, (meaning, origin), taken)


def _family(rng, stem, style):
    """(name, meaning, origin) of the lanes around one stem."""
    generics = {"old": OLD_GENERICS, "new": NEW_GENERICS, "village": VILLAGE_GENERICS}[style]
    base = stem.text
    if stem.kind == "village" and rng.random() < 0.75:
        base += rng.choice(lexicon.sections())
    for index, generic in enumerate(rng.sample(generics, rng.randint(1, 3))):
        yield base + generic, stem.meaning + "。" if index == 0 else "", ""
    if style == "new" and rng.random() < 0.6:
        return
    side = rng.choice(SIDES) if stem.kind != "village" or base == stem.text else ""
    lanes = rng.randint(3, 14 if style == "village" else 8)
    order = rng.choice(("自东向西", "自西向东", "自南向北", "自北向南"))
    for number in range(1, lanes + 1):
        origin = f"在{base}一带，{order}排列，此为第{number}巷。" if number % 2 else ""
        yield f"{base}{side}{numeral(number)}巷", "", origin


def numeral(number):
    """1 → 一, 12 → 十二, 30 → 三十; up to 99."""
    tens, ones = divmod(number, 10)
    written = ("" if tens == 1 else NUMERALS[tens - 1]) + "十" if tens else ""
    return written + (NUMERALS[ones - 1] if ones else "")


def _year(rng, style):
    if style == "old":
        return rng.randint(1796, 1936)
    if style == "village":
        return rng.choice((rng.randint(1850, 1948), rng.randint(1952, 2006)))
    return rng.randint(1953, 2014)


def _record(rng, area, name, centre, year, style, texts, taken):
    lon, lat = area.near(rng, *centre, 0.0018)
    meaning, origin = texts
    record = Record(name, CLASS, [area.code], lon, lat, meaning=meaning, origin=origin)
    if rng.random() < 0.85:
        record.year_established = year
    _status(rng, record, year)
    _variants(rng, record, year, taken)
    if name.endswith(WITH_LINES) and rng.random() < 0.7:
        degrees = rng.gauss(90 if name[-2] in "南北" else 0, 15)
        length = rng.uniform(0.0012, 0.004)
        record.shape = line_through(rng, (lon, lat), degrees, length, area.inner)
    if not record.description and rng.random() < 0.4:
        length, width = rng.randint(28, 320), rng.randint(2, 9)
        if record.shape is not None:
            length = round(metres(record.shape), -1)
        record.description = f"长约{length}米，宽约{width}米。"
    return record


def _status(rng, record, year):
    lot = rng.random()
    if lot < 0.012:
        record.status = "historical"
        record.year_abolished = rng.randint(max(year + 1, 1950), 2016)
        record.history = f"{record.year_abolished}年片区改造后不再使用，作为历史地名保存。"
    elif lot < 0.027:
        record.status = "abolished"
        record.year_abolished = rng.randint(max(year + 1, 1985), 2019)
        record.history = f"{record.year_abolished}年因用地调整注销。"
    elif lot < 0.033:
        record.status = "pending"
        record.year_established = ""
        record.history = "填补城中村内街巷命名空白，正在办理命名。"
    elif lot < 0.15 and year < 1975:
        record.history = f"{year}年前后成街，{rng.randint(1979, 1990)}年地名普查时定为标准名称。"


def _variants(rng, record, year, taken):
    """Former names and other names; each is a name that nothing else bears."""
    if record.status != "standard":
        return
    lot = rng.random()
    if lot > 0.13:
        return
    stem = lexicon.stem(rng.randrange(lexicon.stem_count()))
    if stem is None:
        return
    name = stem.text + rng.choice(("里", "坊", "街", "巷", "约"))
    if not taken.take(name, CLASS):
        return
    if lot < 0.09:
        changed = rng.randint(max(year + 4, 1951), 2018)
        start = year if record.year_established and rng.random() < 0.7 else ""
        record.variants.append(f"former:{name}[{start}-{changed}]")
        record.history = f"原名{name}，{changed}年改为今名。"
        record.year_established = record.year_established and year
    else:
        record.variants.append(f"alias:{name}")


def endless(seed, taken):
    """More lanes than any district has, for measuring; no record is kept, no shape drawn.

    Names follow one another in a fixed order, so none comes twice and nothing but the
    names in ``taken`` needs to be remembered.
    """
    rng = random_for(seed, "endless")
    codes = sorted(areas())
    kinds = [f"{side}{numeral(n)}巷" for n in range(1, 41) for side in ("", *"东西南北上下左右")]
    for kind in [*OLD_GENERICS, *NEW_GENERICS[:1], *kinds]:
        for number in range(lexicon.stem_count()):
            stem = lexicon.stem(number)
            if stem is None or not taken.is_free(stem.text + kind):
                continue
            area = areas()[codes[number % len(codes)]]
            lon, lat = area.random_point(rng)
            yield Record(stem.text + kind, CLASS, [area.code], lon, lat)
