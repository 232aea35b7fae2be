"""What site search knows of each published page."""

from django.db import models
from wagtail.models import Page


class PageEntry(models.Model):
    """A live page as site search shows and ranks it, whatever its type.

    Kept in the transaction that saves the page (see `search.site_search.page_entries`), so a search
    needs one query for pages of all types. Access restrictions are not copied: they are
    asked for at each search.
    """

    page = models.OneToOneField(
        Page, on_delete=models.CASCADE, primary_key=True, related_name="search_entry"
    )
    kind = models.CharField(max_length=20)
    type_name = models.CharField(max_length=40)
    title = models.CharField(max_length=255)
    summary = models.TextField(blank=True)
    asked = models.TextField(blank=True)
    text = models.TextField(blank=True)
    address = models.CharField(max_length=255, blank=True)
    dated = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "页面搜索条目"

    def __str__(self) -> str:
        return self.title
