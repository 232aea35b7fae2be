"""Thin wrapper around place_names.importing."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from place_names.geometry import reference_systems
from place_names.geometry.coordinates import SYSTEMS
from place_names.importing.applying import ImportStoppedError, apply_plan, undo_last
from place_names.importing.mapping import MappingError
from place_names.importing.planning import Plan, make_plan
from place_names.importing.problems import FileRefusedError
from place_names.importing.readers import ENCODINGS, open_source
from place_names.importing.shape_files import shapes_by_code
from place_names.models import ImportMapping
from place_names.names.rows import HEADINGS

SHOWN = 50
WORDS = {
    "added": "新增",
    "changed": "变更",
    "unchanged": "未变",
    "removed": "删除",
    "missing": "文件中没有（保留）",
    "code_doubt": "没有代码而待定",
    "invalid": "有误",
}


class Command(BaseCommand):
    help = "导入地名：逐行核对，有一行有误则不导入任何数据；--undo 撤销最近一次导入。"

    def add_arguments(self, parser):
        parser.add_argument(
            "file", nargs="?", type=Path, help="CSV、XLSX、GeoJSON、GPKG、KML或Shapefile（.zip）"
        )
        parser.add_argument("--shapes", type=Path, help="线和面的图形文件，以code列对应地名")
        parser.add_argument("--mapping", help="已保存的列对应的名称")
        parser.add_argument("--encoding", choices=ENCODINGS, default="", help="默认自动识别")
        parser.add_argument(
            "--system", help="坐标系：CGCS2000、WGS84、GCJ-02、BD-09或EPSG:4547等；默认按文件写明的"
        )
        parser.add_argument("--layer", default="", help="图层或工作表的名称，文件里有几个时须选定")
        parser.add_argument("--heading-row", type=int, default=0, help="表头是第几行，默认自动识别")
        parser.add_argument("--skip-invalid", action="store_true", help="跳过有误的行")
        parser.add_argument("--remove-missing", action="store_true", help="删除文件中没有的地名")
        parser.add_argument(
            "--clear-blank", action="store_true", help="空白单元格清空登记的内容；不选则保留"
        )
        parser.add_argument(
            "--new-pending", action="store_true", help="新的标准地名先作“待审定”，不公开"
        )
        parser.add_argument("--dry-run", action="store_true", help="只核对，列出全部差异")
        parser.add_argument("--undo", action="store_true", help="撤销最近一次导入")

    def handle(self, *args, **options):
        try:
            if options["undo"]:
                record = undo_last(progress=self._progress)
                self.stdout.write(f"已撤销：{record.file_name}")
            elif options["file"]:
                self._import(options)
            else:
                raise CommandError("请给出要导入的文件，或用 --undo 撤销最近一次导入。")
        except (FileRefusedError, MappingError, ImportStoppedError) as error:
            raise CommandError(str(error)) from error

    def _import(self, options) -> None:
        saved = self._saved_mapping(options["mapping"])
        encoding = options["encoding"] or (saved.encoding if saved else "")
        system = options["system"] or (saved.coordinate_system if saved else "")
        if system and system not in SYSTEMS and not reference_systems.is_known(system):
            raise CommandError(f"不认识坐标系“{system}”：{'、'.join(SYSTEMS)}，或者EPSG:加代号。")
        shapes = None
        if options["shapes"]:
            shapes = shapes_by_code(open_source(options["shapes"]), system)
        source = open_source(
            options["file"],
            encoding=encoding,
            layer=options["layer"],
            heading_row=options["heading_row"],
        )
        for note in source.notes:
            self.stdout.write(note)
        plan = make_plan(
            source,
            columns=saved.columns if saved else None,
            system=system,
            shapes_by_code=shapes,
            remove_missing=options["remove_missing"],
            clear_blank=options["clear_blank"],
            new_pending=options["new_pending"],
            progress=self._progress,
        )
        try:
            self._report(plan, every=options["dry_run"])
            if options["dry_run"]:
                return
            if plan.invalid and not options["skip_invalid"]:
                raise CommandError(
                    f"有{plan.invalid}行有误，未导入任何数据。改正后重试，或用 --skip-invalid 跳过。"
                )
            if plan.changes_anything:
                apply_plan(plan, skip_invalid=options["skip_invalid"], progress=self._progress)
                self.stdout.write("导入完成。")
            else:
                self.stdout.write("与现有数据一致，没有变更。")
        finally:
            plan.close()

    def _saved_mapping(self, name: str | None) -> ImportMapping | None:
        if not name:
            return None
        found = ImportMapping.objects.filter(name=name).first()
        if found is None:
            names = "、".join(ImportMapping.objects.values_list("name", flat=True)) or "（无）"
            raise CommandError(f"没有名为“{name}”的列对应。已保存的有：{names}。")
        return found

    def _report(self, plan: Plan, every: bool) -> None:
        for number, problem in enumerate(plan.problems()):
            if number == SHOWN and not every:
                self.stderr.write("……其余有误之处，用 --dry-run 可全部列出。")
                break
            self.stderr.write(str(problem))
        for number, remark in enumerate(plan.remarks()):
            if number == SHOWN and not every:
                break
            self.stderr.write(f"请核对：{remark}")
        if every:
            for each in plan.differences():
                where = f"第{each.line}行，" if each.line else ""
                self.stdout.write(f"{WORDS[each.action]}：{where}{each.name}（{each.code}）")
                if each.action == "changed":
                    for name, (before, after) in each.fields.items():
                        self.stdout.write(f"    {HEADINGS[name]}：{before!r} → {after!r}")
        for match in plan.matches():
            if match.outcome == "doubt":
                shown = "；".join(
                    f"{p.name}（{p.code}）{p.score}分，{p.why}" for p in match.proposals
                )
                self.stderr.write(
                    f"第{match.line}行“{match.name}”没有代码，未导入。可能是：{shown}"
                )
        counts = "，".join(f"{word}{plan.counts[key]}" for key, word in WORDS.items())
        self.stdout.write(f"共{plan.counts['rows']}行：{counts}。")
        if unapproved := plan.counts["added_unapproved"]:
            self.stderr.write(
                f"请核对：{unapproved}条新的标准地名没有批准文件，一导入就公开；"
                "还没有批准的，请用 --new-pending 导入。"
            )

    def _progress(self, message: str) -> None:
        self.stdout.write(message)
        self.stdout.flush()
