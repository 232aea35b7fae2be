"""Filters that format lengths and areas."""

from django import template

register = template.Library()


@register.filter
def kilometres(metres: float | None) -> str:
    """Under a kilometre in metres, else in kilometres to one decimal."""
    if metres is None:
        return ""
    return f"{metres:.0f}米" if metres < 1000 else f"{metres / 1000:.1f}公里"


@register.filter
def square_kilometres(square_metres: float | None) -> str:
    return "" if square_metres is None else f"{square_metres / 1e6:.2f}平方公里"
