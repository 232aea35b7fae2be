"""Words and links of marriage registration for templates, of other apps too."""

from django import template
from django.utils.html import format_html

from home.messages.gateways import is_sent

from ..calendar.dates import day_in_words as in_words

register = template.Library()


@register.filter
def day_in_words(date) -> str:
    """2026年11月23日（星期一）, with a weekday that stays in one piece."""
    if not date:
        return ""
    text = in_words(date)
    cut = text.index("（")
    return format_html('{}<span class="nowrap">{}</span>', text[:cut], text[cut:])


@register.simple_tag
def sends_text_messages() -> bool:
    """Whether a text message reaches the telephone, so that a page may promise it."""
    return is_sent("sms")


@register.filter
def days_ahead(number: int) -> str:
    """In how many days, in words: 今天, 明天, 3天后."""
    return {0: "今天", 1: "明天", 2: "后天"}.get(number, f"{number}天后")


@register.filter
def in_groups(number: str) -> str:
    """440105 19900307 0017: an ID number in the groups in which people read it."""
    number = str(number or "")
    return f"{number[:6]} {number[6:14]} {number[14:]}" if len(number) == 18 else number
