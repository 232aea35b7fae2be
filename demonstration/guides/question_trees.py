"""The question trees of the demonstration, from `question_trees.toml`."""

import tomllib
import uuid
from pathlib import Path

from guides.models import Figure, GuideIndexPage, QuestionIndexPage, QuestionTreePage
from home.models import SectionPage, ServicePlace

DATA = Path(__file__).with_name("question_trees.toml")


def load(progress=print) -> None:
    """Adds the trees that are missing under the guides; a tree that exists stays as it is.

    Needs the guides' index page and the figures that the amounts name.
    """
    index_page = GuideIndexPage.objects.first()
    if index_page is None:
        progress("  没有办事指南的目录页，没有新增自助问答")
        return
    parent = QuestionIndexPage.objects.first()
    if parent is None:
        parent = QuestionIndexPage(
            title="自助问答",
            slug="questions",
            summary="不知道能不能办、要带什么、找谁办？回答几个问题就知道。",
        )
        index_page.add_child(instance=parent)
    figures = dict(Figure.objects.values_list("slug", "pk"))
    places = dict(ServicePlace.objects.values_list("slug", "pk"))
    added = 0
    for row in tomllib.loads(DATA.read_text(encoding="utf-8"))["tree"]:
        if QuestionTreePage.objects.filter(slug=row["slug"]).exists():
            continue
        page = QuestionTreePage(
            title=row["title"],
            slug=row["slug"],
            summary=row["summary"],
            sample_note=row.get("sample_note", ""),
            section=SectionPage.objects.filter(slug=row["section"]).first(),
            steps=[_block(step, figures, places) for step in row["step"]],
        )
        parent.add_child(instance=page)
        page.save_revision().publish()
        added += 1
    progress(f"  自助问答新增{added}项")


def _block(step: dict, figures: dict[str, int], places: dict[str, int]) -> dict:
    """One step in the raw form of a StreamField."""
    kind = step.get("kind", "question")
    if kind == "outcome":
        return {"type": "outcome", "value": _outcome(step, figures, places)}
    value = {"code": step["code"], "text": step["text"], "help": step.get("help", "")}
    if kind == "date":
        value |= {
            "target": step["target"],
            "not_before": step.get("not_before", ""),
            "branches": items(step.get("branches", [])),
        }
        return {"type": "date_question", "value": value}
    options = [_option(*row) for row in step["options"]]
    return {"type": "question", "value": value | {"options": items(options)}}


def _option(label: str, target: str, hint: str = "", exceptions: list = ()) -> dict:
    branches = [{"conditions": _conditions(condition), "target": t} for condition, t in exceptions]
    return {"label": label, "target": target, "hint": hint, "branches": items(branches)}


def _outcome(step: dict, figures: dict[str, int], places: dict[str, int]) -> dict:
    amounts = [_padded(row) for row in step.get("amounts", [])]
    materials = [_padded(row) for row in step.get("materials", [])]
    return {
        "code": step["code"],
        "title": step["title"],
        "text": step.get("text", ""),
        "amounts_note": step.get("amounts_note", ""),
        "amounts": items(
            {
                "figure": figures[slug],
                "times": "1",
                "note": note,
                "is_apart": slug in step.get("apart", []),
                "conditions": _conditions(condition),
            }
            for slug, note, condition in amounts
        ),
        "materials": items(
            {"name": name, "note": note, "conditions": _conditions(condition)}
            for name, note, condition in materials
        ),
        "list_key": step.get("service", ""),
        "facts": items(
            {"question": question, "answer": answer, "fact": fact}
            for question, answer, fact in step.get("facts", [])
        ),
        "places": items(places[slug] for slug in step.get("places", []) if slug in places),
        "local_kind": step.get("local_kind", ""),
        "next_steps": items(
            {"label": label, "page": None, "address": address}
            for label, address in step.get("next", [])
        ),
    }


def _padded(row: list[str]) -> list[str]:
    return [*row, "", ""][:3]


def items(values) -> list[dict]:
    """A ListBlock in the raw form of a StreamField."""
    # With an id, by which Wagtail tells this form of a list from bare values.
    return [{"type": "item", "id": str(uuid.uuid4()), "value": value} for value in values]


def _conditions(text: str) -> list[dict]:
    pairs = (part.split("=", 1) for part in text.split(";") if part)
    return items({"question": question, "answer": answer} for question, answer in pairs)
