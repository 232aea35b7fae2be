"""What the register says of each name of a list: code, standard name, score and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from home.traditional.text import to_simplified
from place_names.api.looking_up import looked_up
from place_names.models import PlaceName
from place_names.reconciliation import matching
from place_names.reconciliation.matching import Candidate

from .lists import Item

BATCH = 250
HEADINGS = ("查得代码", "查得标准名称", "查得状态", "分数", "结论", "理由", "网址")
SURE, UNSURE, NOTHING = "一致", "请核对", "没有找到"
LEAST = 55
"""Below this score the names have little in common."""


@dataclass(frozen=True)
class Compared:
    code: str = ""
    name: str = ""
    status: str = ""
    score: float | None = None
    verdict: str = NOTHING
    reason: str = ""
    address: str = ""

    @property
    def cells(self) -> list:
        return [
            self.code, self.name, self.status, self.score, self.verdict, self.reason, self.address
        ]  # fmt: skip


def headings_beside(own: Sequence[str]) -> list[str]:
    """HEADINGS, numbered where the list has a column of that heading, as one that was compared."""
    taken, found = set(own), []
    for heading in HEADINGS:
        numbered = (heading, *(f"{heading}{number}" for number in range(2, len(own) + 3)))
        found.append(next(each for each in numbered if each not in taken))
    return found


def compared(items: Sequence[Item], base: str) -> Iterator[Compared]:
    """One result an item, in its order. `base` is the address of the site.

    Names that are written alike are looked up together; only the others are searched for.
    """
    for start in range(0, len(items), BATCH):
        batch = items[start : start + BATCH]
        texts = list({item.text for item in batch if item.text})
        exact = {found["text"]: found["places"] for found in looked_up(texts, by_spelling=False)}
        codes = [place["code"] for places in exact.values() for place in places]
        records = matching.records(PlaceName.objects.published().filter(code__in=codes))
        by_code = {place.code: place for place in records.values()}
        searched: dict[tuple, Compared] = {}
        for item in batch:
            if item.fault:
                yield Compared(verdict=UNSURE, reason=item.fault)
            elif not item.text:
                yield Compared(reason="这一行没有名称")
            elif places := exact.get(item.text):
                own = [by_code[place["code"]] for place in places if place["code"] in by_code]
                yield _told(item, matching.exact(item.text, own, item.facts), base)
            else:
                key = (item.text, item.facts)
                if key not in searched:
                    found = matching.candidates(item.text, item.facts)
                    searched[key] = _told(item, found, base)
                yield searched[key]


def _told(item: Item, found: list[Candidate], base: str) -> Compared:
    if not found or found[0].score < LEAST:
        return Compared(reason="没有相近的名称")
    best = found[0]
    place = best.place
    reasons = [_name_reason(item.text, best)]
    if best.features.get("subdistricts") == 0:
        reasons.append("所在街道不同")
    if best.features.get("category") == 0:
        reasons.append("类别不同")
    if place.status != PlaceName.Status.STANDARD:
        reasons.append(f"{place.get_status_display()}，不宜再用")
    others = [each.place for each in found[1:] if best.score - each.score < matching.LEAD]
    if others and not best.is_match:
        listed = "、".join(f"{other.name}（{other.code}）" for other in others[:3])
        reasons.append(f"也可能是{listed}")
    return Compared(
        place.code,
        place.name,
        place.get_status_display(),
        best.score,
        SURE if best.is_match else UNSURE,
        "；".join(reasons),
        base + place.get_absolute_url(),
    )


def _name_reason(text: str, best: Candidate) -> str:
    if matching.plain(text) == matching.plain(best.place.name):
        return "名称相同"
    if to_simplified(text) != text and matching.is_same(text, best.place.name):
        return "繁体写法相同"
    if text == best.place.code or best.features["name"] >= 1:
        return "代码相同" if text.isdigit() else "名称相同"
    for variant in best.place.variants.all():
        if matching.plain(text) == matching.plain(variant.name):
            return f"与{variant.get_kind_display()}“{variant.name}”相同"
    worth = best.features["name"]
    for least, told in (
        (matching.BRACKETED, "去掉括号里的字后相同"),
        (matching.SPELT, "拼写相同"),
        (matching.SAME_SOUND, "读音相同，用字不同"),
    ):
        if worth >= least * matching.NOT_IN_FORCE:
            return told
    return "写法相近"
