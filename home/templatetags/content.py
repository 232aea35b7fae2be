"""What the templates of content pages need beyond Django's own."""

from django import template
from django.template.defaultfilters import filesizeformat
from wagtail.documents.models import AbstractDocument

from home.sitemap import public_address

register = template.Library()


@register.filter
def with_columns(row, table) -> list:
    """The cells of a typed table's row, each with its column: for headings on a phone."""
    return list(zip(table.columns, row, strict=False))


@register.filter
def file_facts(document: AbstractDocument) -> str:
    """Type and size of a file, as told before a download: `PDF，1.2 MB`."""
    size = document.file_size
    kind = document.file_extension.upper() or "文件"
    return f"{kind}，{filesizeformat(size)}" if size else kind


@register.simple_tag(takes_context=True)
def absolute(context, address: str) -> str:
    """`address` with the host of the site, as canonical links and social cards need it."""
    request = context.get("request")
    return public_address(request, address) if request and address else address
