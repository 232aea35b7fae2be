from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from search.analysis import VERSION
from search.models import IndexState
from search.places import indexing
from search.places.embedded import EmbeddedEngine
from search.places.engine import EngineAwayError
from search.site_search import page_entries

PAGES = "pages"


class Command(BaseCommand):
    help = "Builds the indexes anew: of place names, embedded and on the search server, of pages."

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-outdated",
            action="store_true",
            help="only what was made by another version of the analysis; costs a query otherwise",
        )
        parser.add_argument("--only", choices=["embedded", "server", PAGES], help="only this index")

    def handle(self, *args, if_outdated=False, only=None, **options):
        if only in (None, "embedded"):
            self.build_embedded(if_outdated)
        if only in (None, PAGES):
            self.build_pages(if_outdated)
        if only == "server" and not settings.SEARCH_URL:
            raise CommandError("SEARCH_URL is not set: there is no search server.")
        if only in (None, "server") and settings.SEARCH_URL:
            self.build_on_server(if_outdated)

    def build_embedded(self, if_outdated: bool) -> None:
        if if_outdated and EmbeddedEngine().built_with() == VERSION:
            return
        total = indexing.rebuild_embedded(self.show)
        self.stdout.write(f"Embedded index: {total} places")

    def build_pages(self, if_outdated: bool) -> None:
        """The indexes of Wagtail's own searches, and what site search knows of each page."""
        if if_outdated and IndexState.version_of(PAGES) == VERSION:
            return
        call_command("update_index", verbosity=0)
        total = page_entries.rebuild()
        IndexState.note(PAGES)
        self.stdout.write(f"Pages in site search: {total}")

    def build_on_server(self, if_outdated: bool) -> None:
        from search.places.server import building

        try:
            if if_outdated and building.is_there():
                return
            total = building.rebuild(self.show)
        except (EngineAwayError, building.BuildingError) as error:
            raise CommandError(f"Search server: {error}") from error
        self.stdout.write(f"Search server: {total} places")

    def show(self, done: int, total: int) -> None:
        if done == total or done % 5000 == 0:
            self.stdout.write(f"  {done} of {total}")
