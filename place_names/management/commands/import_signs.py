"""Thin wrapper around place_names.signs.sign_files."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from place_names.importing.problems import FileRefusedError
from place_names.signs.sign_files import import_signs

SHOWN = 50


class Command(BaseCommand):
    help = "导入地名标志：逐行核对，有一行有误则不导入任何数据"

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="CSV、XLSX或GeoJSON")
        parser.add_argument("--dry-run", action="store_true", help="只核对，不导入")

    def handle(self, *args, file, dry_run, **options):
        try:
            result = import_signs(file, dry_run=dry_run)
        except FileRefusedError as problem:
            raise CommandError(str(problem)) from problem
        for problem in result.problems[:SHOWN]:
            self.stderr.write(str(problem))
        if result.problems:
            raise CommandError(f"有{len(result.problems)}处有误，未导入任何数据。")
        self.stdout.write(f"{'核对完成' if dry_run else '导入完成'}：{result}。")
