"""The subdistrict that is written before a name, as in 沙园街道光大花园南社区居委会."""

from dataclasses import dataclass

from home.cache.memoize import memoized
from place_names.models import Subdistrict

_BEFORE = ("广东省", "广州市", "海珠区")


@dataclass(frozen=True)
class Prefixed:
    """The code of the subdistrict, and the name after it.

    It `is_certain` where it was written in full: 南华西街 may be a street too, 南华西街道 is not.
    """

    subdistrict: str
    name: str
    is_certain: bool


def prefixed(text: str) -> Prefixed | None:
    """What a text says of the subdistrict; None where it begins with none, or is nothing more."""
    rest = "".join(text.split())
    for each in _BEFORE:
        rest = rest.removeprefix(each)
    for name, code in memoized("subdistricts by name", _codes).items():
        for written, is_certain in ((name, True), (name.removesuffix("道"), False)):
            after = rest.removeprefix(written)
            if after != rest and len(after) > 1 and name.endswith("街道"):
                return Prefixed(code, after, is_certain)
    return None


def _codes() -> dict[str, str]:
    return dict(Subdistrict.objects.order_by("code").values_list("name", "code"))
