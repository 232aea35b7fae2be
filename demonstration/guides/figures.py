"""Reads the figures of the demonstration from `figures.txt`."""

import datetime
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from django.db.models import QuerySet

from guides.models import Figure, FigureValue

PATH = Path(__file__).with_name("figures.txt")
VALUE = re.compile(r"(?P<period>[^:]*\d{4}年[^:]*): (?P<target>目标 )?(?P<rest>.+)")
AMOUNT = re.compile(r"(?P<qualifier>(?:≥|超过 )?)(?P<amount>\d+(?:\.\d+)?)(?: \((?P<text>.+)\))?")


def day_of(period: str) -> datetime.date:
    """The day from which a source could speak of the period: its last day, or the first of its
    month, or of its first year where it tells how the period began."""
    if month := re.search(r"(\d{4})年(\d{1,2})月", period):
        return datetime.date(int(month[1]), int(month[2]), 1)
    years = re.findall(r"\d{4}", period)
    if "期初" in period or "以前" in period:
        return datetime.date(int(years[0]), 1, 1)
    return datetime.date(int(years[-1]), 12, 31)


def parse_value(text: str) -> FigureValue:
    """A value in the notation that the file explains; raises ValueError where it is wrong."""
    parts = VALUE.fullmatch(text.strip())
    if not parts:
        raise ValueError(f"Not a value: {text}")
    period = parts["period"]
    value = FigureValue(valid_from=day_of(period), period=period, is_target=bool(parts["target"]))
    if amount := AMOUNT.fullmatch(parts["rest"]):
        value.qualifier = amount["qualifier"].strip()
        value.amount = Decimal(amount["amount"])
        value.text = amount["text"] or ""
    else:
        value.text = parts["rest"]
    return value


def read(path: Path = PATH) -> Iterator[Figure]:
    """The figures of the file with their values, not yet saved."""
    source, is_sample = "", False
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("["):
            key, source = line[1:].split("] ", 1)
            is_sample = key == "sample"
            continue
        slug, number, name, area, unit, kind, decimals, description, values, *review = (
            cell.strip() for cell in line.split("|")
        )
        figure = Figure(
            slug=slug,
            number=number,
            name=name,
            area=area,
            unit=unit,
            kind=kind,
            decimals=int(decimals),
            description=description,
            source=source,
            is_sample=is_sample,
            review_due=datetime.date.fromisoformat(review[0]) if review else None,
        )
        figure.values = [parse_value(value) for value in values.split(";")]
        yield figure


def of_the_plan() -> QuerySet[Figure]:
    """The figures whose source is the five-year plan of the district."""
    return Figure.objects.filter(source=sources()["plan"])


def sources(path: Path = PATH) -> dict[str, str]:
    """{"plan": its title}, one for each source of the file."""
    return dict(re.findall(r"^\[(\w+)\] (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE))


def load() -> int:
    """Saves the figures that are not there yet; returns how many were added."""
    known = set(Figure.objects.values_list("slug", flat=True))
    new = [figure for figure in read() if figure.slug not in known]
    for figure in new:
        figure.save()
    return len(new)
