"""Versions of guides and policies, and the difference between any two, in words."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import unescape

from django.utils import timezone
from wagtail.models import Page

from .figures import FigureLookup
from .models import GuidePage, PolicyPage, PublishedVersion

BLOCK_END = re.compile(r"</(?:p|li|h[1-6]|tr|caption|figcaption|summary|td|th|dt|dd)>|<br\s*/?>")
TAG = re.compile(r"<[^>]+>")
DRAWN = re.compile(r'<div[^>]* role="img".*?</div>', re.DOTALL)
SENTENCE = re.compile(r"[^。；！？]*[。；！？]|[^。；！？]+")
PIECE = re.compile(r"\d+(?:[,.:]\d+)*|[A-Za-z]+|.", re.DOTALL)
ALIKE = 0.4
LONG_LINE = 400

Sections = list[tuple[str, list[str]]]


def lines_of(value) -> list[str]:
    """A field's words as lines: a text, or a StreamField as it is rendered, but for the numbers
    inside a drawing, which the text under it tells too."""
    if value is None or value == "":
        return []
    html = value.render_as_block() if hasattr(value, "render_as_block") else str(value)
    text = TAG.sub("", BLOCK_END.sub("\n", DRAWN.sub("", html)))
    lines = (re.sub(r"\s+", " ", line).strip() for line in unescape(text).splitlines())
    return [line for line in lines if line]


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
    yield "办理材料", [material_line(block.value) for block in guide.materials]
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


def material_line(material) -> str:
    from .templatetags.figures import material_form

    needed = "" if material["required"] else "（按情况）"
    note = f"。{material['note']}" if material["note"] else ""
    return f"{material['name']}{needed}：{material_form(material)}，{material['copies']}份{note}"


def policy_sections(policy: PolicyPage) -> Iterator[tuple[str, list[str]]]:
    yield "标题", [policy.title]
    yield "摘要", lines_of(policy.summary)
    yield "发文机关", lines_of(policy.issuing_body)
    yield "文号", lines_of(policy.document_number)
    for name in ("issued_on", "published_on", "effective_on", "ends_on"):
        day = getattr(policy, name)
        yield policy._meta.get_field(name).verbose_name, [f"{day:%Y-%m-%d}"] if day else []
    yield "正文", lines_of(policy.body)


def words_of(page: Page) -> Sections:
    """What readers of `page` see today, by section; sections without words are left out."""
    sections = guide_sections(page) if isinstance(page, GuidePage) else policy_sections(page)
    fill_in = FigureLookup().fill_in_plain
    return [(name, [fill_in(line) for line in lines]) for name, lines in sections if lines]


def record(page: Page, at: datetime.datetime | None = None) -> PublishedVersion | None:
    """Keeps the words of a page that has just been published, or whose figures have changed
    `at` a time; None when they are the same."""
    content = [[name, lines] for name, lines in words_of(page)]
    last = PublishedVersion.objects.filter(page_id=page.pk).first()
    if last and last.content == content:
        return None
    return PublishedVersion.objects.create(
        page_id=page.pk,
        number=last.number + 1 if last else 1,
        published_at=at or page.last_published_at or timezone.now(),
        content=content,
    )


def page_was_published(sender, instance, **kwargs) -> None:
    if isinstance(instance, GuidePage | PolicyPage):
        record(instance)


@dataclass(frozen=True)
class Change:
    """A line of a difference; `parts` are (kind, text) with kind same, del or ins."""

    kind: str
    parts: list[tuple[str, str]]


@dataclass(frozen=True)
class SectionChange:
    heading: str
    changes: list[Change]


def within_line(old: str, new: str) -> list[tuple[str, str]]:
    """Two like lines as one: by characters and whole numbers, long ones sentence by sentence
    first, since the work of comparing grows with the square of the length."""
    long = max(len(old), len(new)) > LONG_LINE
    before, after = ((SENTENCE if long else PIECE).findall(line) for line in (old, new))
    parts = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, come = "".join(before[a:b]), "".join(after[c:d])
        if tag == "equal":
            parts.append(("same", gone))
        elif long and max(len(gone), len(come)) <= LONG_LINE and alike(gone, come):
            parts += within_line(gone, come)
        else:
            parts += [(kind, text) for kind, text in (("del", gone), ("ins", come)) if text]
    return parts


def alike(old: str, new: str) -> bool:
    """Whether a line is the other one changed, and not another line; of long lines only their
    characters are counted."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return False
    return max(len(old), len(new)) > LONG_LINE or matcher.ratio() >= ALIKE


def compare_lines(old: list[str], new: list[str]) -> list[Change]:
    """The changed lines, in order; lines that stayed are left out."""
    changes = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        gone, come = old[a:b], new[c:d]
        while gone and come:
            if not alike(gone[0], come[0]):
                break
            changes.append(Change("changed", within_line(gone.pop(0), come.pop(0))))
        changes += [Change("removed", [("del", line)]) for line in gone]
        changes += [Change("added", [("ins", line)]) for line in come]
    return changes


def difference(old: PublishedVersion, new: PublishedVersion) -> list[SectionChange]:
    """What is different between two versions, by section, in the order of the newer one."""
    before, after = dict(old.content), dict(new.content)
    headings = list(after) + [name for name in before if name not in after]
    result = []
    for heading in headings:
        changes = compare_lines(before.get(heading, []), after.get(heading, []))
        if changes:
            result.append(SectionChange(heading, changes))
    return result


def summary_of(changes: list[SectionChange]) -> str:
    """A sentence that names the changed sections, for feeds. There are none where the version
    between was withdrawn and its change taken back."""
    headings = "、".join(change.heading.rstrip("？?") for change in changes)
    return f"改动：{headings}。" if changes else "内容与上一版相同。"
