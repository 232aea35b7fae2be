"""What must be done before the site is served; quick when nothing has changed."""

import errno
import hashlib

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

NO_SPACE = "The disk is full. Free some space and start again: it goes on from here."


class Command(BaseCommand):
    help = (
        "Migrates, loads the demonstration the first time, brings the search index up to date, "
        "collects static files."
    )

    def handle(self, **options):
        try:
            self.stdout.write("Bringing the database up to date …")
            call_command("migrate", verbosity=0)
            # Before the data: what is saved from then on goes into a right index.
            self.bring_search_up_to_date()
            call_command("load_demonstration", once=True, stdout=self.stdout)
            if not settings.DEBUG:
                self.collect_static_files()
        except OSError as error:
            if error.errno == errno.ENOSPC:
                raise CommandError(NO_SPACE) from error
            raise
        except OperationalError as error:
            if "full" in str(error) or "disk I/O" in str(error):
                raise CommandError(NO_SPACE) from error
            raise

    def bring_search_up_to_date(self) -> None:
        """Builds the indexes of search where another version of the analysis made it.

        A search server that is away is no reason not to start: the embedded index answers.
        """
        try:
            call_command("rebuild_search_index", if_outdated=True, stdout=self.stdout)
        except CommandError as error:
            self.stderr.write(f"{error} The embedded index answers meanwhile.")

    def collect_static_files(self) -> None:
        """Collects when a source has changed: name, size or time of any of them."""
        digest = hashlib.sha256()
        for finder in get_finders():
            for path, storage in finder.list([]):
                changed = storage.get_modified_time(path).timestamp()
                digest.update(f"{path} {storage.size(path)} {changed}\n".encode())
        stamp = settings.DATA_DIR / "static-collected"
        if stamp.exists() and stamp.read_text() == digest.hexdigest():
            return
        self.stdout.write("Collecting static files …")
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(digest.hexdigest())
