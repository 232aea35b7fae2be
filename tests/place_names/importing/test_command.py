from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from place_names.models import ImportMapping, PlaceName

from .files import csv_file, row

pytestmark = pytest.mark.usefixtures("district")


def run(*args, **options):
    out, err = StringIO(), StringIO()
    call_command("import_place_names", *args, stdout=out, stderr=err, **options)
    return out.getvalue()


def test_import_then_undo(tmp_path):
    path = csv_file(tmp_path, [row(1), row(2)])
    assert "新增2" in run(path, dry_run=True)
    assert not PlaceName.objects.exists()
    assert "导入完成" in run(path)
    assert PlaceName.objects.count() == 2
    assert "没有变更" in run(path)
    assert "已撤销" in run(undo=True)
    assert not PlaceName.objects.exists()


def test_bad_rows_are_listed_and_nothing_is_done(tmp_path):
    path = csv_file(tmp_path, [row(1), row(2, category="x")])
    err = StringIO()
    with pytest.raises(CommandError, match="1行有误"):
        call_command("import_place_names", path, stdout=StringIO(), stderr=err)
    assert "第3行，地名类别“x”：不是已知的地名类别" in err.getvalue()
    assert not PlaceName.objects.exists()


def test_a_saved_mapping_is_used_by_its_name(tmp_path):
    ImportMapping.objects.create(
        name="旧库", columns={"BM": "code", "MC": "name", "LB": "category"}
    )
    old = [{"BM": row(1)["code"], "MC": "甲路", "LB": "2351"}]
    path = csv_file(tmp_path, old, columns=("BM", "MC", "LB"), encoding="gb18030")
    run(path, mapping="旧库")
    assert PlaceName.objects.get().name == "甲路"
    with pytest.raises(CommandError, match="旧库"):
        run(path, mapping="没有")


def test_a_missing_file_is_explained(tmp_path):
    with pytest.raises(CommandError, match="无法读取"):
        run(tmp_path / "none.csv")
