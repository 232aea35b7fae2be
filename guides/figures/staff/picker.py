"""What the picker of figures offers: every figure with its value on a day."""

from django.http import HttpRequest, JsonResponse
from wagtail.admin.auth import require_admin_access

from ..models import Figure
from ..placeholders import day_from, placeholder
from ..rendering import FigureLookup


@require_admin_access
def choices(request: HttpRequest) -> JsonResponse:
    """All figures as {code, name, area, shown, sample}; `?day=` a fixed day, else today."""
    lookup, fixed = FigureLookup(), day_from(request.GET.get("day", ""))
    figures = []
    for figure in Figure.objects.order_by("area", "pk"):
        found = lookup.latest_words(figure.slug, fixed)
        figures.append(
            {
                "code": figure.slug,
                "name": figure.name,
                "area": figure.area,
                "shown": found[1] if found else "",
                "sample": figure.is_sample,
            }
        )
    return JsonResponse({"figures": figures})


def placeholders() -> list[tuple[str, str]]:
    """(placeholder, name and value of today) of every figure, for cells of tables."""
    lookup = FigureLookup()
    found = []
    for figure in Figure.objects.order_by("area", "pk"):
        value = lookup.latest_words(figure.slug)
        found.append(
            (placeholder(figure.slug), f"{figure.name}：{value[1] if value else '没有数值'}")
        )
    return found
