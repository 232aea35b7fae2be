from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from search.places import indexing
from search.places.engine import EngineAwayError


class Command(BaseCommand):
    help = "Compares the index of place names with the register and mends what differs."

    def handle(self, *args, **options):
        self.tell("Embedded index", indexing.repair_embedded())
        if not settings.SEARCH_URL:
            return
        from search.places.server import building

        try:
            self.tell("Search server", building.repair())
        except (EngineAwayError, building.BuildingError) as error:
            raise CommandError(f"Search server: {error}") from error

    def tell(self, where: str, counts: dict[str, int]) -> None:
        found = ", ".join(f"{number} {fault}" for fault, number in counts.items())
        self.stdout.write(f"{where}: {found}" if any(counts.values()) else f"{where}: in order")
