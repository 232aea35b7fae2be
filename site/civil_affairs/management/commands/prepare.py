"""Prepares the site to be served; quick when nothing has changed."""

import errno
import hashlib

from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from home.roles import REVIEWER

NO_SPACE = "The disk is full. Free some space and start again: it goes on from here."


class Command(BaseCommand):
    help = (
        "Migrates, loads the demonstration the first time, brings the search index up to date, "
        "collects static files."
    )

    def handle(self, **options):
        try:
            self.stdout.write("正在更新数据库……")
            is_upgrade = self.has_changes_to_apply()
            call_command("migrate", verbosity=0)
            if is_upgrade and Group.objects.filter(name=REVIEWER).exists():
                # What a new release lets them do, for example publish what was public at once.
                call_command("set_up_roles")
                call_command("load_naming_lists", stdout=self.stdout)
            # Before the data, so that they are saved into an up-to-date index.
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

    def has_changes_to_apply(self) -> bool:
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))

    def bring_search_up_to_date(self) -> None:
        """Rebuilds the search indexes that another version of the analysis made.

        Without the search server the site starts too: the embedded index answers.
        """
        try:
            call_command("rebuild_search_index", if_outdated=True, stdout=self.stdout)
        except CommandError as error:
            self.stderr.write(f"{error} The embedded index answers meanwhile.")

    def collect_static_files(self) -> None:
        """Runs collectstatic when the name, size or time of any source has changed."""
        digest = hashlib.sha256()
        for finder in get_finders():
            for path, storage in finder.list([]):
                changed = storage.get_modified_time(path).timestamp()
                digest.update(f"{path} {storage.size(path)} {changed}\n".encode())
        stamp = settings.DATA_DIR / "static-collected"
        if stamp.exists() and stamp.read_text() == digest.hexdigest():
            return
        self.stdout.write("正在收集静态文件……")
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(digest.hexdigest())
