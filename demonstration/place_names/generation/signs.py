"""1,373 made-up place-name signs (地名标志) at places of the gazetteer."""

import datetime

from demonstration.place_names.generation.territory import random_for

COUNT = 1373
COLUMNS = ["number", "kind", "place_code", "lon", "lat", "state", "last_inspection", "remarks"]
# kind of sign by class, and how often a place of the class has one
KINDS = {
    "23510": ("road", 0.25),
    "22100": ("estate", 0.3),
    "23610": ("bridge", 0.4),
    "25200": ("site", 0.5),
    "25100": ("site", 0.5),
    "21770": ("area", 0.5),
    "21500": ("area", 1.0),
}
STATES = (("good", 0.86), ("worn", 0.08), ("damaged", 0.04), ("missing", 0.02))
REMARKS = {
    "worn": "牌面褪色，建议清洗或重漆。",
    "damaged": "牌面或立柱破损，待修复。",
    "missing": "巡查时未见标志，待补设。",
}
LATEST = datetime.date(2025, 10, 31)


def rows(seed, records):
    """Exactly ``COUNT`` rows in the order of ``COLUMNS``; long roads may have two signs."""
    rng = random_for(seed, "signs")
    current = [r for r in records if r.status == "standard" and r.category in KINDS]
    chosen = [r for r in current if rng.random() < KINDS[r.category][1]]
    while len(chosen) < COUNT:
        chosen.append(rng.choice(current))
    chosen = rng.sample(chosen, COUNT)
    chosen.sort(key=lambda record: record.code)
    for number, record in enumerate(chosen, start=1):
        state = rng.choices([s for s, _ in STATES], [weight for _, weight in STATES])[0]
        lon, lat = record.stands_at or (record.lon, record.lat)
        inspected = LATEST - datetime.timedelta(days=rng.randrange(0, 700))
        yield [
            f"HZ{number:05d}",
            KINDS[record.category][0],
            record.code,
            f"{lon + rng.uniform(-0.00012, 0.00012):.6f}",
            f"{lat + rng.uniform(-0.00012, 0.00012):.6f}",
            state,
            inspected.isoformat(),
            REMARKS.get(state, ""),
        ]
