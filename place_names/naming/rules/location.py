"""A name that tells of a part of the district where the place is not."""

from collections.abc import Iterable, Iterator

from .. import clauses
from ..findings import Finding, Setting
from ..lists import REMARK

SUFFIX = "街道"


def elsewhere(setting: Setting, subdistricts: Iterable[str]) -> Iterator[Finding]:
    """The name of a subdistrict in the specific part, while the place is in another one."""
    here = setting.proposal.subdistrict
    if not here:
        return
    own = here.removesuffix(SUFFIX)
    for name in subdistricts:
        word = name.removesuffix(SUFFIX)
        if setting.parts.specific.startswith(word) and word != own and not own.startswith(word):
            text = f"名称含有“{word}”，位置却在{here}，容易误认位置。"
            yield Finding("location", REMARK, text, clauses.TRUE)
            return
