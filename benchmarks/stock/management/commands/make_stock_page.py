import json

from django.core.management import call_command
from django.core.management.base import BaseCommand
from wagtail.models import Page, Site

from stock.models import StockPage

FRAME = 700
"""Bytes that head and navigation take."""


class Command(BaseCommand):
    help = "Makes a page of about the given number of bytes, each block with a page link."

    def add_arguments(self, parser):
        parser.add_argument("size", type=int)

    def handle(self, *, size: int, **options):
        call_command("migrate", verbosity=0)
        site = Site.objects.get()
        home = site.root_page.specific
        for number in range(8):
            home.add_child(
                instance=Page(title=f"栏目{number}", slug=f"s{number}", show_in_menus=True)
            )
        sentence = "办理婚姻登记请双方本人到场。"
        sentences = max(1, (size - FRAME) // len(sentence.encode()))
        paragraphs = [f"<p>{sentence * 12}</p>"] * (sentences // 12)
        paragraphs.append(f"<p>{sentence * (sentences % 12)}</p>")
        link = f'<p><a linktype="page" id="{home.pk}">首页</a></p>'
        body = [
            {"type": "text", "value": "".join(paragraphs[start : start + 4]) + link}
            for start in range(0, len(paragraphs), 4)
        ]
        home.add_child(instance=StockPage(title="指南", slug="guide", body=json.dumps(body)))
