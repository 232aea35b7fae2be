"""Check the register for faults and keep them for the officers' page."""

from collections import Counter

from django.core.management.base import BaseCommand

from place_names.checks import check_runs
from place_names.fault_kinds import KINDS


class Command(BaseCommand):
    help = "检查地名库中的问题，结果可在后台“地名—检查”中查看"

    def add_arguments(self, parser):
        parser.add_argument("--list", action="store_true", help="逐条列出问题")

    def handle(self, *args, **options):
        kept = check_runs.run(cause="命令行检查")
        found = list(kept.faults.select_related("place", "line__left", "line__right"))
        counts = Counter(fault.kind for fault in found)
        for kind, label in KINDS.items():
            if counts[kind]:
                self.stdout.write(f"{label}：{counts[kind]}")
        if options["list"]:
            for fault in found:
                code = f"{fault.place.code} " if fault.place else ""
                target = fault.place or fault.line
                self.stdout.write(f"{fault.get_kind_display()}\t{code}{target}\t{fault.message}")
        self.stdout.write(
            self.style.SUCCESS(
                f"检查{kept.checked}条地名，用时{kept.seconds:.1f}秒，发现{len(found)}个问题"
            )
        )
