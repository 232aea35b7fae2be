"""What every file says of itself: title, version, licence, label, counts."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Count, Max

from home.cache.memoize import memoized
from place_names.models import PlaceName, RegisterSettings

TITLE = "海珠区地名"
PUBLISHER = "广州市海珠区民政局"
NO_LICENCE = "使用许可尚未公布，使用前请先联系海珠区民政局。"


@dataclass(frozen=True)
class Edition:
    """A state of the register. The version grows with time: it is the moment (UTC) of the last
    change and the number of names, so that a deletion makes another one as well."""

    version: str
    changed_at: datetime
    total: int
    label: str
    note: str
    licence: str
    licence_url: str
    base: str = ""

    @property
    def statement(self) -> str:
        """Publisher, version, label and licence as one line of text."""
        parts = (f"{PUBLISHER}：{TITLE}，版本{self.version}", self.label, self.note, self.licence)
        return "。".join(part.rstrip("。") for part in parts if part) + "。"


def current(base: str = "") -> Edition:
    """The state of the register now; `base` is the address of the site."""
    register = RegisterSettings.in_force()
    total, changed_at = memoized("register edition", _state)
    return Edition(
        version=f"{changed_at:%Y.%m.%d.%H%M%S}-{total}",
        changed_at=changed_at,
        total=total,
        label=register.label,
        note=register.note,
        licence=register.licence or NO_LICENCE,
        licence_url=register.licence_url,
        base=base,
    )


def _state() -> tuple[int, datetime]:
    found = PlaceName.objects.published().aggregate(total=Count("pk"), latest=Max("updated_at"))
    latest = found["latest"] or datetime(2000, 1, 1, tzinfo=UTC)
    return found["total"], latest.astimezone(UTC)
