"""Whether a guide has the eight elements that inspections look for.

事项名称、设定依据、申请条件、办理材料、办理地点、办理时间、联系电话、办理流程.
"""

from dataclasses import dataclass

from django.utils.html import strip_tags

from home.blocks.tables import NonEmptyBlock
from home.languages.locales import CHINESE
from home.material_lists import material_list


@dataclass(frozen=True)
class Gap:
    """Something a guide lacks. `blocks`: it may not be published without it."""

    field: str
    label: str
    blocks: bool


REQUIRED = [
    ("title", "事项名称"),
    ("legal_basis", "设定依据"),
    ("conditions", "申请条件"),
    ("materials", "办理材料"),
    ("location", "办理地点"),
    ("hours", "办理时间"),
    ("phone", "联系电话"),
    ("steps", "办理流程"),
]
# What a service place tells of itself.
FROM_PLACES = ("location", "hours", "phone")
# What a translation shows of its Chinese original.
FROM_ORIGINAL = (
    *("materials", *FROM_PLACES, "fee", "visits"),
    *("promised_limit", "statutory_limit", "complaint_phone"),
)
USUAL = [
    ("summary", "摘要"),
    ("authority", "实施主体"),
    ("audience", "办理对象"),
    ("promised_limit", "承诺时限"),
    ("fee", "收费"),
    ("visits", "到现场次数"),
    ("result", "办理结果"),
    ("complaint_phone", "监督投诉电话"),
    ("section_id", "所属业务"),
    ("review_due", "下次复核日期"),
]


def is_translation(guide) -> bool:
    return bool(guide.locale_id) and guide.locale.language_code != CHINESE


def _missing(guide, fields: list[tuple[str, str]], *, blocks: bool) -> list[Gap]:
    empty = [(field, label) for field, label in fields if _is_empty(getattr(guide, field))]
    excused = {"materials"} if guide.no_materials else set()
    if any(field in FROM_PLACES for field, _label in empty) and guide.places.all():
        excused.update(FROM_PLACES)
    found = [Gap(field, label, blocks) for field, label in empty if field not in excused]
    if found and is_translation(guide):
        return [gap for gap in found if gap.field not in FROM_ORIGINAL]
    return found


def _is_empty(value) -> bool:
    if value is None:
        return True
    if isinstance(value, str):
        return not value.strip()
    return hasattr(value, "stream_block") and not any(_says_something(block) for block in value)


def _says_something(block) -> bool:
    """Whether a block of a body tells more than its heading announces."""
    if block.block_type == "heading":
        return False
    if block.block_type == "paragraph":
        return bool(strip_tags(str(block.value)).replace("&nbsp;", " ").strip())
    if block.block_type == "material_list":
        return material_list(block.value["list_key"], {}) is not None
    if isinstance(block.block, NonEmptyBlock):
        return not block.block.is_empty(block.value)
    return True


def gaps(guide) -> list[Gap]:
    """What `guide` lacks, blocking gaps first."""
    return [*blocking_gaps(guide), *_missing(guide, USUAL, blocks=False)]


def blocking_gaps(guide) -> list[Gap]:
    """The missing ones of the eight elements; at most one query."""
    return _missing(guide, REQUIRED, blocks=True)
