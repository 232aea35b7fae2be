"""What one row of the demonstration gazetteer is, and the names already taken."""

import re
from dataclasses import dataclass, field

from place_names.names import codes
from place_names.names.romanisation import homophone_key, plain, romanise, split_name

COLUMNS = [
    "code",
    "name",
    "specific",
    "generic",
    "romanisation",
    "category",
    "status",
    "subdistricts",
    "lon",
    "lat",
    "year_established",
    "year_abolished",
    "meaning",
    "origin",
    "history",
    "description",
    "sources",
    "variants",
    "remarks",
]
MADE_UP = "示例数据"


@dataclass
class Record:
    """One place name. ``code`` is given last, when its serial number is known."""

    name: str
    category: str
    subdistricts: list
    lon: float
    lat: float
    status: str = "standard"
    year_established: int | str = ""
    year_abolished: int | str = ""
    meaning: str = ""
    origin: str = ""
    history: str = ""
    description: str = ""
    sources: str = MADE_UP
    variants: list = field(default_factory=list)
    remarks: str = ""
    romanisation: str | None = None
    code: str = ""
    shape: object = None
    # Where its street is, in degrees, if its coordinate is wrong on purpose.
    stands_at: tuple | None = None
    # What the code says instead of the truth, for the deliberate faults.
    code_category: str = ""
    code_subdistricts: list | None = None

    def row(self):
        """The record as a list of strings in the order of ``COLUMNS``."""
        specific, generic = split_name(self.name, self.category)
        written = self.romanisation
        if written is None:
            written = romanise(self.name, specific, generic, self.category)
        return [
            self.code,
            self.name,
            specific,
            generic,
            written,
            self.category,
            self.status,
            ";".join(self.subdistricts),
            f"{self.lon:.6f}",
            f"{self.lat:.6f}",
            str(self.year_established),
            str(self.year_abolished),
            self.meaning,
            self.origin,
            self.history,
            self.description,
            self.sources,
            "|".join(self.variants),
            self.remarks,
        ]


class Taken:
    """Names that are in use, by class and sound without tones: stricter than the law asks.

    Variants take their name too, so that none equals the standard name of another place.
    """

    def __init__(self):
        self._sounds = set()
        self._names = set()

    def take(self, name, category):
        """Take the name; False when it, or one that sounds much like it, is in use."""
        sound = (category, plain(homophone_key(name, category=category)))
        if sound in self._sounds or name in self._names:
            return False
        self._sounds.add(sound)
        self._names.add(name)
        return True

    def is_free(self, name):
        """Whether no record bears the name; for names whose sounds are known to differ."""
        return name not in self._names

    def take_specific(self, specific, category):
        """Take a specific part, which must not come back within a class of buildings."""
        return self.take(f"{specific}\0", category)

    def reserve(self, record):
        """Take the name and the variants of a record that comes from facts."""
        self.take(record.name, record.category)
        self._names.add(record.name)
        for variant in record.variants:
            self._names.add(re.sub(r"^\w+:|\[.*$", "", variant))


class Serials:
    """Serial numbers of the place code, counted within subdistrict and class."""

    def __init__(self):
        self._last = {}

    def number(self, record):
        places = record.subdistricts
        if record.code_subdistricts is not None:
            places = record.code_subdistricts
        category = record.code_category or record.category
        key = (places[0] if len(places) == 1 else codes.SEVERAL_SUBDISTRICTS, category)
        self._last[key] = self._last.get(key, 0) + 1
        record.code = codes.build(category, places, self._last[key])
        return record

    def count(self, code):
        """Go on behind a code that was given already."""
        parts = codes.parse(code)
        place = parts.subdistrict_code or codes.SEVERAL_SUBDISTRICTS
        key = (place, parts.category)
        self._last[key] = max(self._last.get(key, 0), parts.serial)
