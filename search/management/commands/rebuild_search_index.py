from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from search import indexing
from search.analysis import VERSION
from search.embedded import EmbeddedEngine
from search.engine import EngineAwayError


class Command(BaseCommand):
    help = "Builds the index of place names anew, embedded and on the search server."

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-outdated",
            action="store_true",
            help="only where the index was made by another version of the analysis",
        )
        parser.add_argument("--only", choices=["embedded", "server"], help="only this index")

    def handle(self, *args, if_outdated, only, **options):
        if only != "server" and not (if_outdated and EmbeddedEngine().built_with() == VERSION):
            total = indexing.rebuild_embedded(self.show)
            self.stdout.write(f"Embedded index: {total} places")
        if only == "embedded":
            return
        if not settings.SEARCH_URL:
            if only == "server":
                raise CommandError("SEARCH_URL is not set: there is no search server.")
            return
        self.build_on_server(if_outdated)

    def build_on_server(self, if_outdated: bool) -> None:
        from search.server import building

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
