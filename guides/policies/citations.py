"""Which guides cite which law, and whether the law is still in force."""

import datetime
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils import timezone
from wagtail.models import Page

from ..pages.models import GuidePage
from .models import PolicyPage, PolicyState


@dataclass
class Law:
    """A law as guides cite it. `policy` is its page on this site, if it has one."""

    name: str
    policy: PolicyPage | None
    guides: list[tuple[GuidePage, str]] = field(default_factory=list)
    """With the article."""

    def is_over(self, day: datetime.date) -> bool:
        return self.policy is not None and self.policy.state_on(day) == PolicyState.ENDED


VERSION = re.compile(r"\([^()]*(?:\d{4}|修订|修正|修改|要点|节选|摘要|全文)[^()]*\)")
YEAR = re.compile(r"\d{4}")
STATE = "中华人民共和国"


def plain_name(name: str) -> str:
    """The name of a law without the marks around it."""
    return name.strip().strip("《》〈〉<> ").replace(" ", "")


def same_name(name: str) -> str:
    """What two ways of naming a law have in common: without 中华人民共和国 and without the words in
    brackets that tell the version (2018年修正) or that the page is a summary (要点)."""
    name = VERSION.sub("", unicodedata.normalize("NFKC", name))
    return re.sub(r"[\s《》〈〉<>]", "", name).removeprefix(STATE)


def years_told(name: str) -> set[str]:
    """The years in the brackets of a name: those of its version."""
    parts = VERSION.findall(unicodedata.normalize("NFKC", name))
    return {year for part in parts for year in YEAR.findall(part)}


def page_of(name: str, versions: list[PolicyPage]) -> PolicyPage | None:
    """The page of the cited law among those of the same name, None where they are other versions.

    A year in the name means that version; else the page without a year is meant, else the newest.
    """
    told = years_told(name)
    newest_first = sorted(versions, key=lambda policy: policy.text_dated, reverse=True)
    of_year = (policy for policy in newest_first if told & years_told(policy.title))
    without = (policy for policy in newest_first if not years_told(policy.title))
    chosen = next(of_year, None) or next(without, None)
    return chosen or (newest_first[0] if newest_first and not told else None)


def laws_of(guides: Iterable[GuidePage]) -> list[Law]:
    """All cited laws by name; one with a page here is found by its link, else by its title."""
    by_name = defaultdict(list)
    for policy in PolicyPage.objects.live():
        by_name[same_name(policy.title)].append(policy)
    found: dict[object, Law] = {}
    for guide in guides:
        for block in guide.legal_basis:
            name = plain_name(block.value["law"])
            chosen = block.value["policy"]
            policy = chosen.specific if chosen else page_of(name, by_name[same_name(name)])
            key = policy.pk if policy else name
            law = found.setdefault(key, Law(policy.title if policy else name, policy))
            law.guides.append((guide, block.value["article"]))
    return sorted(found.values(), key=lambda law: law.name)


def citing(policy: PolicyPage, guides: Iterable[GuidePage] | None = None) -> list[GuidePage]:
    """The public guides that name this document as their legal basis."""
    guides = GuidePage.objects.live() if guides is None else guides
    for law in laws_of(guides):
        if law.policy and law.policy.pk == policy.pk:
            return list(dict.fromkeys(guide for guide, _article in law.guides))
    return []


def outdated(
    guides: Iterable[GuidePage], day: datetime.date | None = None
) -> list[tuple[Page, Law]]:
    """Guides with a law that is over on that day."""
    day = day or timezone.localdate()
    return [(guide, law) for law in laws_of(guides) if law.is_over(day) for guide, _ in law.guides]
