"""What is asked and what is found."""

from dataclasses import dataclass, field

from .index import Entry, Point
from .lists import REMARK, UNFIT, Lists
from .parts import Parts

FIT = "fit"
RESULTS = {FIT: "未发现问题", REMARK: "可以申请，但有需要说明的地方", UNFIT: "不符合命名规定"}
MEASURES = {
    "floors": "层数",
    "land": "占地面积（平方米）",
    "floor_area": "总建筑面积（平方米）",
    "green": "绿地率（%）",
    "open": "露天公共场地（平方米）",
    "width": "道路宽度（米）",
    "length": "道路长度（米）",
}
SIZES = {
    "floors": "{}层",
    "land": "占地面积{}平方米",
    "floor_area": "总建筑面积{}平方米",
    "green": "绿地率{}%",
    "open": "露天公共场地{}平方米",
    "width": "宽{}米",
    "length": "长{}米",
}
"""How a description tells each of `MEASURES`."""


@dataclass(frozen=True)
class Proposal:
    """A name that somebody has in mind.

    `kind` is a slug of the lists; `subdistrict` a name such as 琶洲街道; `generic` corrects the
    split; `measures` holds what is known of `MEASURES`, in their units.
    """

    name: str
    kind: str
    subdistrict: str = ""
    point: Point | None = None
    generic: str = ""
    measures: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """What one rule found: how grave, by which clause, and the nearest names in use."""

    rule: str
    severity: str
    text: str
    clause: str
    places: tuple[Entry, ...] = ()
    others: int = 0
    """How many more names in use there are than `places` shows."""


@dataclass(frozen=True)
class Result:
    """The findings of all rules, the grave ones first, under one version of rules and lists."""

    proposal: Proposal
    parts: Parts
    findings: tuple[Finding, ...]
    version: str

    @property
    def outcome(self) -> str:
        """UNFIT, REMARK or FIT."""
        severities = {finding.severity for finding in self.findings}
        return next((each for each in (UNFIT, REMARK) if each in severities), FIT)

    @property
    def outcome_text(self) -> str:
        return RESULTS[self.outcome]


@dataclass(frozen=True)
class Setting:
    """What a rule reads: the proposal with its parts, and the lists."""

    proposal: Proposal
    parts: Parts
    lists: Lists

    @property
    def kind(self):
        return self.lists.kinds[self.proposal.kind]
