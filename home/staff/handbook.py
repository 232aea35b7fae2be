"""The handbook of the admin: one page per task, with pictures of this site.

The texts are in `handbook.txt`; the pictures are made by `tests/browser/make_handbook_pictures.py`.
"""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

TEXTS = Path(__file__).with_name("handbook.txt")


@dataclass
class Task:
    """`steps`: what to do, in order; `picture`: the name of the picture, if one was made."""

    slug: str
    title: str
    who: str
    steps: list[str] = field(default_factory=list)

    @property
    def picture(self) -> str:
        name = f"img/handbook/{self.slug}.webp"
        return name if finders.find(name) else ""


@cache
def tasks() -> list[Task]:
    """`# slug | title | who`, then one step a line."""
    found: list[Task] = []
    for line in TEXTS.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            found.append(Task(*(part.strip() for part in line[2:].split("|"))))
        elif line.strip():
            found[-1].steps.append(line.strip())
    return found


def handbook(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "home/staff/handbook/index.html", {"tasks": tasks()})


def handbook_task(request: HttpRequest, slug: str) -> HttpResponse:
    task = next((task for task in tasks() if task.slug == slug), None)
    if task is None:
        raise Http404
    return TemplateResponse(request, "home/staff/handbook/task.html", {"task": task})
