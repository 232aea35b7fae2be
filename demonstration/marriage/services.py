"""What can be booked, with the materials: loaded before the guides, which show the same lists."""

import json
from pathlib import Path

from django.db import transaction

from demonstration.guides import forms
from marriage.materials.questions import OPTIONAL
from marriage.models import Material, Service

DATA = Path(__file__).parent


def load(progress=print) -> None:
    """Adds the services that are missing, with the empty forms of their materials."""
    present = set(Service.objects.values_list("slug", flat=True))
    missing = [row for row in rows_of("services.json") if row["slug"] not in present]
    empty = forms.listed_forms() if missing else {}
    for row in missing:
        service = make_service_of(row)
        for (slug, title), form in empty.items():
            if slug == service.slug:
                service.materials.filter(title=title).update(form=form)


def rows_of(name: str) -> list[dict]:
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def make_service_of(row: dict) -> Service:
    """A new service with its materials, of a row of services.json."""
    with transaction.atomic():
        service = Service.objects.create(
            slug=row["slug"],
            sort_order=list(Service.Kind.values).index(row["kind"]),
            **{key: row[key] for key in ("kind", "title", "discreet_title", "summary")},
            **{f"asks_{key}": key in row["asks"] for key in OPTIONAL},
        )
        for number, material in enumerate(row["materials"]):
            title, detail, quantity, condition, basis = material
            Material.objects.create(
                service=service,
                sort_order=number,
                title=title,
                detail=detail,
                quantity=quantity,
                condition=condition,
                basis=basis,
            )
    return service
