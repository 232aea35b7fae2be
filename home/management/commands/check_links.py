from django.core.management.base import BaseCommand

from home.links.checker import check


class Command(BaseCommand):
    help = "Looks for dead links on live pages; the editors' desk shows what was found."

    def add_arguments(self, parser):
        parser.add_argument("--outside", action="store_true", help="ask other sites too")

    def handle(self, *, outside: bool = False, **options):
        found = check(outside=outside, progress=self.stdout.write)
        self.stdout.write(f"{found} dead links.")
