"""The questionnaire of 政策找人 and the rules of the guides, from `benefits.toml`."""

import re
import tomllib
from pathlib import Path

from guides.models import BenefitFinderPage, Figure, QuestionIndexPage
from home.models import SectionPage

from .question_trees import items

DATA = Path(__file__).with_name("benefits.toml")
COMPARED = re.compile(r"(?P<code>[^<>=!]+)(?P<sign><=|>=|<|>)(?P<limit>[^*]+)(?:\*(?P<leeway>.+))?")
CHOSEN = re.compile(r"(?P<code>[^<>=!]+)(?P<sign>!=|=)(?P<answers>.+)")
SIGNS = {"<": "below", "<=": "at_most", ">=": "at_least", ">": "above"}


def _data() -> dict:
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


class Rules:
    """The rules of a guide as raw StreamField data, with the figures looked up once."""

    def __init__(self):
        self.figures = dict(Figure.objects.values_list("slug", "pk"))
        self.rows = _data()["benefit"]

    def of(self, guide: str) -> list[dict]:
        return [
            {"type": "benefit", "value": self._benefit(row)}
            for row in self.rows
            if row["guide"] == guide
        ]

    def _benefit(self, row: dict) -> dict:
        return {
            "name": row["name"],
            "note": row.get("note", ""),
            "is_urgent": row.get("urgent", False),
            "is_service": row.get("service", False),
            "after": row.get("after", ""),
            "requirements": items(self._requirement(each) for each in row["all"]),
            "amounts": items(self._amount(each) for each in row.get("amounts", [])),
        }

    def _requirement(self, row: dict) -> dict:
        return {
            "words": row["words"],
            "law": row["law"],
            "reason": row.get("reason", ""),
            "if_unmet": row.get("unmet", "no"),
            "any_of": [self.test(text) for text in row["any"]],
        }

    def test(self, text: str) -> dict:
        compared = COMPARED.fullmatch(text)
        if not compared:
            return {"type": "choice", "value": _choice(text)}
        limit = compared["limit"]
        is_number = limit.isdigit()
        return {
            "type": "number",
            "value": {
                "question": compared["code"],
                "comparison": SIGNS[compared["sign"]],
                "number": limit if is_number else None,
                "figure": None if is_number else self.figures[limit],
                "leeway": compared["leeway"] or "1",
            },
        }

    def _amount(self, row: dict) -> dict:
        return {
            "figure": self.figures[row["figure"]],
            "label": row.get("label", ""),
            "note": row.get("note", ""),
            "ages": row.get("ages", ""),
            "age_from": row.get("from"),
            "age_to": row.get("to"),
            "times": row.get("times", ""),
            "gap": row.get("gap", ""),
            "only_if": items(_choice(text) for text in row.get("if", [])),
        }


def _choice(text: str) -> dict:
    chosen = CHOSEN.fullmatch(text)
    return {
        "question": chosen["code"],
        "answers": items(chosen["answers"].split("|")),
        "is_none_of": chosen["sign"] == "!=",
    }


def _question(row: dict) -> dict:
    kind = row["kind"]
    if kind == "heading":
        return {"type": kind, "value": {"text": row["text"], "help": row.get("help", "")}}
    value = {
        "code": row["code"],
        "text": row["text"],
        "help": row.get("help", ""),
        "is_required": row.get("required", False),
    }
    if kind == "choice":
        options = [[*option, "", ""][:3] for option in row["options"]]
        value["options"] = items(
            {
                "label": label,
                "hint": hint,
                "is_unsure": flag == "unsure",
                "is_default": flag == "default",
            }
            for label, hint, flag in options
        )
    else:
        value |= {"unit": row.get("unit", ""), "max_value": row["max"]}
    if kind == "number":
        value |= {"per_head_of": row.get("per_head_of", ""), "when_empty": row.get("empty")}
    if kind == "numbers":
        value["max_count"] = 15
    return {"type": kind, "value": value}


def _contradiction(row: dict) -> dict:
    rules = Rules()
    return {
        "words": row["words"],
        "given": [rules.test(text) for text in row["given"]],
        "unless": [rules.test(text) for text in row.get("unless", [])],
    }


def load(progress=print) -> None:
    """Adds the questionnaire below the question trees, unless there is one."""
    parent = QuestionIndexPage.objects.first()
    if parent is None or BenefitFinderPage.objects.exists():
        return
    data = _data()
    page = BenefitFinderPage(
        **data["page"],
        section=SectionPage.objects.filter(slug="social-assistance").first(),
        questions=[_question(row) for row in data["question"]],
        contradictions=[
            {"type": "contradiction", "value": _contradiction(row)} for row in data["contradiction"]
        ],
    )
    parent.add_child(instance=page)
    page.save_revision().publish()
    progress(f"  政策找人：{len(data['benefit'])}项")
