"""The materials that a couple must bring, from their answers: the 一次性告知."""

from .questions import is_met


def materials_for(service, answers: dict) -> list[dict]:
    """[{"title", "detail", "quantity", "basis"}] in the editor's order; one query."""
    return [
        {
            "title": material.title,
            "detail": material.detail,
            "quantity": material.quantity,
            "basis": material.basis,
        }
        for material in service.materials.all()
        if is_met(material.condition, answers)
    ]
