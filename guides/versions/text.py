"""What readers see of a guide or policy, as plain lines by section."""

from collections.abc import Iterator

from wagtail.models import Page

from home.pages.plain_lines import lines_of

from ..figures.rendering import FigureLookup
from ..pages.materials import tables_of
from ..pages.models import GuidePage
from ..policies.models import PolicyPage

Sections = list[tuple[str, list[str]]]


def guide_sections(guide: GuidePage) -> Iterator[tuple[str, list[str]]]:
    yield "事项名称", [guide.title]
    yield "摘要", lines_of(guide.summary)
    for name in ("authority", "audience", "hours", "location", "phone", "complaint_phone", "fee"):
        yield guide._meta.get_field(name).verbose_name, lines_of(getattr(guide, name))
    yield "办理网点", [place.name for place in guide.public_places]
    yield "承诺时限", lines_of(guide.promised_limit)
    yield "法定时限", lines_of(guide.statutory_limit)
    yield "到现场次数", [f"{guide.visits}次"] if guide.visits is not None else []
    yield "办理方式", guide.ways()
    yield "申请条件", lines_of(guide.conditions)
    yield "办理材料", list(_materials(guide))
    yield (
        "办理流程",
        [
            "：".join(filter(None, (b.value["title"], b.value["text"], b.value["time"])))
            for b in guide.steps
        ],
    )
    yield "更多说明", lines_of(guide.body)
    yield "办理结果", lines_of(guide.result)
    for block in guide.faq:
        yield f"常见问题：{block.value['question']}", lines_of(block.value["answer"])
    yield (
        "设定依据",
        [
            " ".join(filter(None, (f"《{v['law']}》{v['article']}", v["number"], v["content"])))
            for v in (block.value for block in guide.legal_basis)
        ],
    )


def _materials(guide: GuidePage) -> Iterator[str]:
    for table in tables_of(guide):
        if table.caption:
            yield f"{table.caption}："
        for material in table.rows:
            needed = "" if material.is_required else "（按情况）"
            said = "。".join(filter(None, (material.quantity, material.note)))
            yield f"{material.name}{needed}" + (f"：{said}" if said else "")


def policy_sections(policy: PolicyPage) -> Iterator[tuple[str, list[str]]]:
    yield "标题", [policy.title]
    yield "摘要", lines_of(policy.summary)
    yield "发文机关", lines_of(policy.issuing_body)
    for name in ("index_number", "subject", "document_number"):
        yield policy._meta.get_field(name).verbose_name, lines_of(getattr(policy, name))
    for name in ("issued_on", "revised_on", "published_on", "effective_on", "ends_on"):
        day = getattr(policy, name)
        yield policy._meta.get_field(name).verbose_name, [f"{day:%Y-%m-%d}"] if day else []
    yield "失效、废止依据", lines_of(policy.ended_by)
    yield "正文", lines_of(policy.body)


def words_of(page: Page) -> Sections:
    """What readers of `page` see today, by section; sections without words are left out."""
    sections = guide_sections(page) if isinstance(page, GuidePage) else policy_sections(page)
    fill_in = FigureLookup().fill_in_plain
    return [(name, [fill_in(line) for line in lines]) for name, lines in sections if lines]
