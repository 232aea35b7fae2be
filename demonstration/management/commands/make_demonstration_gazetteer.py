"""Generates the demonstration gazetteer again, or a larger one for benchmarks."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from demonstration.place_names.generation import writing

DEFAULT = Path(__file__).parents[2] / "place_names"


class Command(BaseCommand):
    help = "生成示例地名数据（相同的参数总是生成相同的文件）"

    def add_arguments(self, parser):
        parser.add_argument(
            "--names", type=int, default=writing.NAMES, help="地名条数，默认5832，最多约100万"
        )
        parser.add_argument("--seed", type=int, default=writing.SEED, help="随机种子")
        parser.add_argument("--out", type=Path, default=DEFAULT, help="输出目录")

    def handle(self, *args, names, seed, out, **options):
        try:
            written = writing.write(out, names, seed, progress=self.stdout.write)
        except (ValueError, OSError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(self.style.SUCCESS(f"完成：{written}条示例地名"))
