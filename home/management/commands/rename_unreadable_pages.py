from django.core.management.base import BaseCommand

from home.pages.slugs import rename_unreadable_pages


class Command(BaseCommand):
    help = "Gives pages with slugs such as '-' or '2026' one from their title, with redirects."

    def handle(self, *args, **options):
        self.stdout.write(f"{rename_unreadable_pages()} pages renamed")
