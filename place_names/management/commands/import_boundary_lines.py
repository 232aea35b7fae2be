"""Thin wrapper around place_names.boundaries.line_files."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from place_names.boundaries.line_files import import_lines
from place_names.importing.problems import FileRefusedError


class Command(BaseCommand):
    help = "导入界线：逐条核对，有一条有误则不导入任何数据"

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="GeoJSON、GPKG或Shapefile（.zip）")
        parser.add_argument("--dry-run", action="store_true", help="只核对，不导入")

    def handle(self, *args, file, dry_run, **options):
        try:
            result = import_lines(file, dry_run=dry_run)
        except FileRefusedError as problem:
            raise CommandError(str(problem)) from problem
        for problem in result.problems:
            self.stderr.write(str(problem))
        if result.problems:
            raise CommandError(f"有{len(result.problems)}处有误，未导入任何数据。")
        self.stdout.write(f"{'核对完成' if dry_run else '导入完成'}：{result}。")
