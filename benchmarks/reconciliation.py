"""How well a column of dirty names is matched over HTTP: `benchmarks/reconciliation.py [ADDRESS]`.

Names are read from `/ogc/` of the same site and spoiled in one way each, as people and scanners do;
some are of no place here. It prints for each kind of fault how many were matched rightly without
anybody looking, how many have the right name first, and how many were matched wrongly.
"""

import argparse
import json
import random
import time
import urllib.parse
import urllib.request
from collections import Counter

from pypinyin import lazy_pinyin

BATCH, NAMES = 10, 500
TRADITIONAL = str.maketrans("东龙宝广华园庆门兴会", "東龍寶廣華園慶門興會")
ELSEWHERE = ("王府井大街", "外滩路", "天河体育中心", "珠江新城站", "深南大道", "解放碑步行街")
FAULTS = {
    "unchanged": lambda name, rng: name,
    "district before it": lambda name, rng: f"广州市海珠区{name}",
    "blanks": lambda name, rng: f" {name[:1]} {name[1:]}　",
    "brackets": lambda name, rng: f"{name}（海珠）",
    "house number": lambda name, rng: f"{name}{rng.randint(1, 300)}号",
    "pinyin": lambda name, rng: "".join(lazy_pinyin(name)),
    "one left out": lambda name, rng: name[:1] + name[2:],
    "one doubled": lambda name, rng: name[:1] + name,
    "two swapped": lambda name, rng: name[1] + name[0] + name[2:],
    "traditional": lambda name, rng: name.translate(TRADITIONAL),
    "wrong character": lambda name, rng: name[:1] + rng.choice("新南西园福") + name[2:],
    "elsewhere": lambda name, rng: rng.choice(ELSEWHERE),
}


def read(address: str, data: dict[str, str] | None = None) -> dict:
    body = urllib.parse.urlencode(data).encode() if data else None
    with urllib.request.urlopen(address, body) as answer:
        return json.load(answer)


def names_of(site: str, rng: random.Random) -> list[tuple[str, str]]:
    """(name, subdistrict) of so many names, each of which is the only one of its kind."""
    items = f"{site}/ogc/collections/place-names/items?limit=10000&status=standard"
    found = [each["properties"] for each in read(items)["features"]]
    often = Counter(each["name"] for each in found)
    alone = [
        (each["name"], each["subdistrict"])
        for each in found
        if often[each["name"]] == 1 and len(each["name"]) > 2
    ]
    return rng.sample(alone, min(NAMES, len(alone)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", nargs="?", default="http://127.0.0.1:8000")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--subdistrict", action="store_true", help="send the subdistrict as well")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    cases = []
    for number, (name, area) in enumerate(names_of(options.site, rng)):
        fault = list(FAULTS)[number % len(FAULTS)]
        dirty = FAULTS[fault](name, rng)
        cases.append((fault, "" if fault == "elsewhere" else name, dirty, area))
    counts = {fault: Counter() for fault in FAULTS}
    started = time.perf_counter()
    for start in range(0, len(cases), BATCH):
        batch = cases[start : start + BATCH]
        queries = {}
        for number, (_, _, dirty, area) in enumerate(batch):
            properties = [{"pid": "subdistrict", "v": area}] if options.subdistrict else []
            queries[f"q{number}"] = {"query": dirty, "limit": 5, "properties": properties}
        answer = read(f"{options.site}/reconcile/", {"queries": json.dumps(queries)})
        for number, (fault, name, _, _) in enumerate(batch):
            results = answer[f"q{number}"]["result"]
            counts[fault]["all"] += 1
            first = results[0] if results else {"name": "", "match": False}
            counts[fault]["matched"] += first["match"] and first["name"] == name
            counts[fault]["first"] += bool(name) and first["name"] == name
            counts[fault]["among"] += any(each["name"] == name for each in results)
            counts[fault]["wrong"] += first["match"] and first["name"] != name
    seconds = time.perf_counter() - started
    print(f"{'fault':20} {'names':>6} {'matched':>8} {'first':>6} {'among 5':>8} {'wrong':>6}")
    counts["together"] = sum(counts.values(), Counter())
    for fault, found in counts.items():
        figures = (found["all"], found["matched"], found["first"], found["among"], found["wrong"])
        print(
            f"{fault:20} {figures[0]:6} {figures[1]:8} {figures[2]:6} {figures[3]:8} {figures[4]:6}"
        )
    print(f"{len(cases) / seconds:.0f} names/s in batches of {BATCH}")


if __name__ == "__main__":
    main()
