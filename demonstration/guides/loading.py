"""The guides, policies, topics and figures of the demonstration.

`load` adds what is missing and never touches a page that is there. The texts are in
`guides/`, `policies/` and `topics/`, in the notation of `demonstration.notation` and a few lines more:
`@routing title` with rows, `@figures caption | codes`, `@plan caption`, `@chart caption |
code`, `@guide slug`, `@places slug …`.
"""

import datetime
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page

from demonstration.notation import blocks, paragraph, rows
from demonstration.pages import add_page
from demonstration.pictures import picture, picture_block
from guides.figures import uses
from guides.models import (
    Figure,
    FigureUse,
    GuideIndexPage,
    GuidePage,
    InterpretationPage,
    PolicyIndexPage,
    PolicyPage,
    PublishedVersion,
    TopicPage,
)
from home.languages.locales import CHINESE
from home.models import HomePage, SectionPage, ServicePlace
from search.site_search.page_entries import read_again

from . import benefits, downloads, figures, forms, question_trees
from . import files as files_to_download

FOLDER = Path(__file__).parent
PLAN_DAYS = ["2020-12-31", "2023-12-31", "2025-12-31"]
REVIEW_AFTER = datetime.timedelta(days=180)


def entries(folder: str, key: str) -> list[dict]:
    """The `[[key]]` tables of all files in a folder, in the order of names and lines.

    A file's `[defaults]` hold for each of its entries that says nothing else.
    """
    result = []
    for path in sorted((FOLDER / folder).glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        result += [{**data.get("defaults", {}), **entry} for entry in data.get(key, [])]
    return result


class Body:
    """Turns the notation into raw StreamField data, with figures and guides looked up once."""

    def __init__(self):
        self.figures = {figure.slug: figure for figure in Figure.objects.all()}
        guides = GuidePage.objects.filter(locale__language_code=CHINESE)
        self.guides = {guide.slug: guide.pk for guide in guides}
        self.rules = benefits.Rules()
        self.forms = forms.empty_forms()

    def __call__(self, text: str) -> list[dict]:
        result = []
        for chunk in re.split(r"\n\s*\n|\n(?=@)", text.strip()):
            if not chunk.strip():
                continue
            special = self.special(chunk.strip()) if chunk.startswith("@") else None
            result.extend([special] if special else blocks(chunk))
        return result

    def special(self, chunk: str) -> dict | None:
        first, _, rest = chunk.partition("\n")
        name, _, argument = first[1:].partition(" ")
        title, _, codes = (part.strip() for part in argument.partition("|"))
        return getattr(self, f"block_{name}")(title, codes.split(), rest)

    def block_routing(self, title: str, _codes: list[str], rest: str) -> dict:
        routes = [
            {**row, "here": row["here"] == "*"}
            for row in rows(rest, "situation", "body", "advice", "here")
        ]
        return {"type": "routing", "value": {"title": title, "routes": routes}}

    def figure_table(self, caption: str, codes: list[str], days: list[str], kind: bool) -> dict:
        return {
            "type": "figure_table",
            "value": {
                "caption": caption,
                "figures": [self.figures[code].pk for code in codes],
                "days": days,
                "show_kind": kind,
            },
        }

    def block_figures(self, caption: str, codes: list[str], _rest: str) -> dict:
        return self.figure_table(caption, codes, [], False)

    def block_plan(self, caption: str, _codes: list[str], _rest: str) -> dict:
        plan = [code for code, figure in self.figures.items() if figure.number]
        return self.figure_table(caption, plan, PLAN_DAYS, True)

    def block_chart(self, caption: str, codes: list[str], _rest: str) -> dict:
        value = {"caption": caption, "figure": self.figures[codes[0]].pk}
        return {"type": "figure_chart", "value": value}

    def block_places(self, slugs: str, _codes: list[str], _rest: str) -> dict:
        places = ServicePlace.objects.filter(slug__in=slugs.split())
        return {"type": "places", "value": {"places": [place.pk for place in places]}}

    def block_guide(self, slug: str, _codes: list[str], _rest: str) -> dict:
        return {"type": "guide", "value": self.guides[slug]}


def questions(text: str) -> list[dict]:
    """`? question` lines, each followed by its answer, as raw StreamField data."""
    result = []
    for chunk in re.split(r"^\? ", text.strip(), flags=re.MULTILINE):
        question, _, answer = chunk.strip().partition("\n")
        if question:
            value = {"question": question, "answer": paragraph(answer)}
            result.append({"type": "question", "value": value})
    return result


def material_lists(text: str) -> tuple[list[dict], str]:
    """The lines `@materials caption | service | facts [| note]` as raw StreamField data, and the other lines."""
    lines = text.strip().splitlines()
    own = [line for line in lines if not line.startswith("@materials ")]
    lists = []
    for line in lines:
        if line not in own:
            parts = line.removeprefix("@materials ").split("|")
            caption, key, facts = (part.strip() for part in parts[:3])
            note = parts[3:]
            value = {"caption": caption, "list_key": key, "facts": facts.split()}
            if note:
                value["note"] = paragraph(note[0].strip())
            lists.append({"type": "material_list", "value": value})
    return lists, "\n".join(own)


def guide_from(entry: dict, body: Body, areas: dict[str, SectionPage]) -> GuidePage:
    """A guide page, not yet saved, from one entry of the files."""
    fields = dict(entry)
    ways = fields.pop("ways")
    places = fields.pop("places", [])
    names = ("name", "form", "copies", "required", "note", "shared_name")
    listed, own = material_lists(fields.pop("materials", ""))
    steps = rows(fields.pop("steps"), "title", "text", "time")
    laws = rows(fields.pop("legal_basis"), "law", "article", "number", "content")
    for name in ("conditions", "body"):
        fields[name] = body(fields.get(name, ""))
    fields.update(
        section=areas[fields["section"]],
        materials=[
            {
                "type": "material",
                "value": {
                    **row,
                    "copies": int(row["copies"]),
                    "required": row["required"] == "*",
                    "sample": body.forms.get((entry["slug"], row["name"])),
                },
            }
            for row in rows(own, *names)
            if row["name"]
        ]
        + listed,
        steps=[{"type": "step", "value": row} for row in steps],
        legal_basis=[{"type": "law", "value": row} for row in laws],
        faq=questions(fields.get("faq", "")),
        eligibility=body.rules.of(entry["slug"]),
        by_counter="counter" in ways,
        by_internet="internet" in ways,
        by_post="post" in ways,
        review_due=datetime.date.today() + REVIEW_AFTER,
    )
    guide = GuidePage(**fields)
    guide.places = places_from(places)
    return guide


def places_from(names: list[str]) -> list[ServicePlace]:
    """Sample places by slug, or all of a kind by `kind:hall`."""
    kinds = [name.removeprefix("kind:") for name in names if name.startswith("kind:")]
    return list(ServicePlace.objects.filter(Q(slug__in=names) | Q(kind__in=kinds)))


def index_page(home: Page, model: type[Page], before: str = "", **fields) -> Page:
    """An index page in the menu; a new one goes to the left of the page with slug `before`."""
    if found := model.objects.first():
        return found
    page = add_page(home, model(**fields), in_menu=True)
    neighbour = home.get_children().filter(slug=before).first()
    if neighbour:
        page.move(neighbour, pos="left")
        page.refresh_from_db()
    return page


def take_up_earlier_pages() -> None:
    """Sections and publications were published before the figures that they show: names them as
    users of these, and lets the search read them with their values."""
    known = FigureUse.objects.values("page")
    pages = Page.objects.live().filter(depth__gt=1).exclude(pk__in=known).specific()
    earlier = [page for page in pages if uses.used_by(page)]
    for page in earlier:
        uses.record(page)
    read_again(Page.objects.filter(pk__in=[page.pk for page in earlier]))


def load(progress=print) -> None:
    """Adds the figures and pages that are missing."""
    figures.load()
    take_up_earlier_pages()
    home = HomePage.objects.first()
    areas = {section.slug: section for section in SectionPage.objects.filter(is_area=True)}
    guides = index_page(
        home,
        GuideIndexPage,
        "marriage",
        slug="guides",
        title="办事指南",
        summary="每件事的条件、材料、地点、时间和步骤，一页说清楚。",
    )
    body = Body()
    for entry in entries("guides", "guide"):
        if entry["slug"] not in body.guides:
            add_with_history(guides, entry, lambda row: guide_from(row, body, areas))
    load_policies(home, areas)
    load_topics(home, areas)
    question_trees.load(progress)
    benefits.load(progress)
    downloads.load(home)
    progress(f"  办事指南{GuidePage.objects.count()}篇，随日期变化的数字{Figure.objects.count()}项")


def policy_from(entry: dict, body: Body, areas: dict[str, SectionPage]) -> PolicyPage:
    """A policy, not yet saved. `replaces`: slugs of policies that stand before it in the file;
    `files`: names of `files.ATTACHED`."""
    fields = {**entry, "section": areas.get(entry["section"]), "body": body(entry["body"])}
    replaced = PolicyPage.objects.filter(slug__in=fields.pop("replaces", []))
    files = [files_to_download.ATTACHED[name]() for name in fields.pop("files", [])]
    return PolicyPage(
        **fields,
        replaces=[{"type": "policy", "value": page.pk} for page in replaced],
        attachments=[
            {"type": "attachment", "value": {"document": file.pk, "note": ""}} for file in files
        ],
    )


def add_with_history(parent: Page, entry: dict, make: Callable[[dict], Page]) -> Page:
    """Publishes a page as it was (`earlier`, on the day `on`), then as it is now.

    So that the page of what changed has something to show. A page that is there stays.
    """
    now = {**entry}
    earlier = dict(now.pop("earlier", {}))
    page = make(now)
    if not earlier or parent.get_children().filter(slug=page.slug).exists():
        return add_page(parent, page)
    day = earlier.pop("on")
    first = add_page(parent, make({**now, **earlier}))
    noon = timezone.make_aware(datetime.datetime.combine(day, datetime.time(12)))
    PublishedVersion.objects.filter(page_id=first.pk).update(published_at=noon)
    for name in earlier:
        setattr(first, name, getattr(page, name))
    first.save_revision().publish()
    return first


def load_policies(home: Page, areas: dict[str, SectionPage]) -> None:
    index = index_page(
        home,
        PolicyIndexPage,
        "notices",
        slug="policies",
        title="政策文件",
        summary="现行有效和已经失效的文件，各有状态、要点和解读。",
    )
    body = Body()
    for entry in entries("policies", "policy"):
        policy = add_with_history(index, entry, lambda row: policy_from(row, body, areas))
        if entry["slug"] == "five-year-plan":
            # A source leads only to the policy that it names.
            figures.of_the_plan().filter(source_page=None).update(source_page=policy)
    policies = {policy.slug: policy for policy in PolicyPage.objects.all()}
    for entry in entries("policies", "interpretation"):
        policy = policies[entry["policy"]]
        add_page(
            policy, InterpretationPage(**{**entry, "policy": policy, "body": body(entry["body"])})
        )


def load_topics(home: Page, areas: dict[str, SectionPage]) -> None:
    parent = add_page(
        home,
        SectionPage(
            slug="life",
            title="人生大事",
            icon="heart",
            summary="按您遇到的事，把要办的手续排好先后。",
        ),
        in_menu=True,
    )
    body = Body()
    for entry in entries("topics", "topic"):
        if parent.get_children().filter(slug=entry["slug"]).exists():
            continue
        fields = {**entry, "section": areas[entry["section"]]}
        fields["body"] = [picture_block(entry["slug"]), *body(entry["body"])]
        add_page(parent, TopicPage(**fields, share_image=picture(entry["slug"])))
