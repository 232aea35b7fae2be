"""Pages and figures for tests, with just what a test does not care about filled in."""

import datetime
from decimal import Decimal

from guides.models import (
    Figure,
    FigureValue,
    GuideIndexPage,
    GuidePage,
    PolicyIndexPage,
    PolicyPage,
)
from tests.home.factories import add, make_home, publish


def make_figure(slug: str = "dibao", *values: tuple, **fields) -> Figure:
    """A figure; each value is (from, to, amount or text)."""
    figure = Figure(**{"slug": slug, "name": "低保标准", "unit": "元", "source": "规划", **fields})
    figure.values = [
        FigureValue(
            valid_from=datetime.date.fromisoformat(start),
            valid_to=datetime.date.fromisoformat(end) if end else None,
            amount=Decimal(str(what)) if not isinstance(what, str) else None,
            text=what if isinstance(what, str) else "",
        )
        for start, end, what in values
    ]
    figure.save()
    return figure


def guide_index() -> GuideIndexPage:
    return GuideIndexPage.objects.first() or add(
        make_home(), GuideIndexPage(slug="guides", title="办事指南")
    )


def complete_guide(**fields) -> GuidePage:
    """A guide with all eight elements, not yet saved."""
    text = [{"type": "paragraph", "value": "<p>年满18周岁</p>"}]
    material = {"name": "身份证", "form": "original", "copies": 1, "required": True, "note": ""}
    return GuidePage(
        **{
            "slug": "guide",
            "title": "办一件事",
            "summary": "怎样办。",
            "legal_basis": [{"type": "law", "value": {"law": "条例", "article": "第一条"}}],
            "conditions": text,
            "materials": [{"type": "material", "value": material}],
            "steps": [{"type": "step", "value": {"title": "申请", "text": "到窗口"}}],
            "location": "一号窗口",
            "hours": "工作日",
            "phone": "000",
            **fields,
        }
    )


def make_guide(**fields) -> GuidePage:
    return publish(guide_index(), complete_guide(**fields))


def make_policy(**fields) -> PolicyPage:
    index = PolicyIndexPage.objects.first() or add(
        make_home(), PolicyIndexPage(slug="policies", title="政策文件")
    )
    defaults = {
        "slug": "policy",
        "title": "规定",
        "issuing_body": "区政府",
        "issued_on": datetime.date(2024, 1, 1),
        "body": [{"type": "paragraph", "value": "<p>规定的正文。</p>"}],
    }
    return publish(index, PolicyPage(**{**defaults, **fields}))
