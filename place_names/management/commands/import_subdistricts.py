"""Thin wrapper around place_names.boundaries.polygon_files."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from place_names.boundaries.polygon_files import import_areas
from place_names.importing.problems import FileRefusedError


class Command(BaseCommand):
    help = "导入街道范围：检查有无空隙、重叠和自相交，并补画街级界线"

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="GeoJSON、GPKG或Shapefile（.zip）")
        parser.add_argument("--dry-run", action="store_true", help="只检查，不导入")
        parser.add_argument("--redraw", action="store_true", help="已有界线也按新范围重绘")
        parser.add_argument(
            "--tolerance", type=float, default=50.0, help="容许的空隙、重叠，平方米，默认50"
        )

    def handle(self, *args, file, dry_run, redraw, tolerance, **options):
        try:
            result = import_areas(file, dry_run=dry_run, redraw=redraw, tolerance_m2=tolerance)
        except FileRefusedError as problem:
            raise CommandError(str(problem)) from problem
        for problem in result.problems:
            self.stderr.write(problem)
        if result.problems:
            raise CommandError(f"有{len(result.problems)}处有误，未导入任何数据。")
        for line in result.stale_lines:
            self.stdout.write(f"两侧不再相邻，请核对：{line}")
        self.stdout.write(f"{'检查完成' if dry_run else '导入完成'}：{result}。")
