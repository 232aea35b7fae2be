"""The worker does the long steps: what the officer sees meanwhile, and when it dies."""

import json

import pytest
from django.core.management import call_command
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from place_names.importing import applying, background, jobs
from place_names.importing.batches import in_batches
from place_names.models import ImportMapping, ImportRecord, PlaceName
from tests.home.typed_forms import shown_by

from ..factories import make_place
from ..importing.files import CODE, csv_file, row
from .test_imports import check, kept_files, mapped, upload


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"


@pytest.fixture
def queued(monkeypatch):
    """Steps wait until the test runs them, as they wait for the worker."""
    waiting = []
    monkeypatch.setattr(
        type(background.work), "enqueue", lambda task, job_id: waiting.append(job_id)
    )
    return waiting


def run(queued):
    background.work.func(queued.pop(0))


def text_of(client, path):
    return client.get(path, follow=True).content.decode()


@pytest.fixture
def checked(client, officer, tmp_path):
    """The address of the dry run of two new names and one changed."""
    make_place("旧名路", code=CODE.format(1))
    path = csv_file(tmp_path, [row(1), row(2), row(3)])
    return check(client, upload(client, path)["Location"], path)


def progress_of(differences):
    return differences + "progress/"


@pytest.mark.django_db(transaction=True)
def test_steps_wait_for_the_worker_and_are_done_by_it(client, officer, tmp_path, settings):
    settings.TASKS = settings.TASKS | {"later": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    path = csv_file(tmp_path, [row(1)])
    columns = upload(client, path)["Location"]
    headings = path.read_text().splitlines()[0].split(",")
    page = client.post(columns, mapped(headings))["Location"]
    assert DBTaskResult.objects.get().status == "READY"
    assert "等待后台开始核对" in text_of(client, page)
    call_command("work", once=True)
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"
    assert client.get(page)["Location"] == columns.replace("columns/", "")


def test_the_page_waits_shows_progress_and_leads_on(client, officer, tmp_path, queued):
    path = csv_file(tmp_path, [row(1)])
    columns = upload(client, path)["Location"]
    headings = path.read_text().splitlines()[0].split(",")
    page = client.post(columns, mapped(headings))["Location"]
    text = text_of(client, page)
    assert "等待后台开始核对" in text
    assert '<meta http-equiv="refresh"' in text
    assert path.name in text_of(client, reverse("place_name_imports:list"))
    # The columns are settled as long as the worker has the file.
    assert client.get(columns)["Location"] == page
    job = jobs.load(queued[0])
    with job.held():
        job.go_to(jobs.CHECKING, started=True)
        job.tell("已核对500行")
        text = text_of(client, page)
        assert "正在核对：已核对500行" in text
        assert "data-again" in text
    job.go_to(jobs.CHECKING)
    run(queued)
    assert client.get(page)["Location"] == reverse("place_name_imports:differences", args=[job.id])


def test_a_worker_that_dies_leaves_nothing_and_the_step_can_be_tried_again(
    client, checked, queued, monkeypatch
):
    client.post(checked + "apply/")

    class Killed(BaseException):
        """Nothing catches it, as nothing catches kill -9."""

    def die(self, places, create=applying.Writer.create):
        create(self, places)
        raise Killed

    with monkeypatch.context() as dying:
        dying.setattr(applying.Writer, "create", die)
        with pytest.raises(Killed):
            run(queued)
    assert [place.name for place in PlaceName.objects.all()] == ["旧名路"]
    assert not ImportRecord.objects.exists()
    text = text_of(client, progress_of(checked))
    assert "导入中断了，数据没有改动" in text
    client.post(checked + "apply/", {"again": "1"})
    run(queued)
    assert "导入完成：新增2，变更1" in text_of(client, progress_of(checked))
    assert PlaceName.objects.count() == 3


def test_a_worker_that_dies_after_the_commit_has_done_its_work(
    client, checked, queued, monkeypatch, tmp_path
):
    client.post(checked + "apply/")

    def die(self, record):
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(jobs.Job, "finish", die)
        with pytest.raises(KeyboardInterrupt):
            run(queued)
    assert ImportRecord.objects.count() == 1
    assert "导入完成：新增2" in text_of(client, progress_of(checked))
    assert kept_files(tmp_path) == []


def test_a_button_pressed_twice_imports_once(client, checked, queued):
    client.post(checked + "apply/")
    client.post(checked + "apply/")
    assert len(queued) == 1
    background.work.func(queued[0])
    background.work.func(queued[0])
    assert ImportRecord.objects.count() == 1


def test_a_refusal_in_the_background_is_told(client, checked, queued):
    client.post(checked + "apply/")
    PlaceName.objects.update(name="抢先改名")
    run(queued)
    assert "“试验1路”又有变动" in text_of(client, progress_of(checked))
    assert not ImportRecord.objects.exists()


def test_an_accident_is_told_without_its_details(client, checked, queued, monkeypatch):
    client.post(checked + "apply/")

    def fail(*args, **kwargs):
        raise RuntimeError("inner detail")

    monkeypatch.setattr(background, "apply_plan", fail)
    run(queued)
    text = text_of(client, progress_of(checked))
    assert "处理时出现意外，数据没有改动" in text
    assert "inner detail" not in text


def test_a_job_belongs_to_who_began_it(client, checked, django_user_model):
    client.force_login(django_user_model.objects.create_superuser("other"))
    assert client.get(progress_of(checked)).status_code == 404
    assert client.post(checked + "apply/").status_code == 404


def test_undo_waits_for_the_import_that_was_shown(client, officer, checked, queued, tmp_path):
    client.post(checked + "apply/")
    run(queued)
    told = {"record": ImportRecord.objects.get().pk}
    page = client.post(reverse("place_name_imports:undo"), told)["Location"]
    path = csv_file(tmp_path, [row(9)], name="later.csv")
    columns = upload(client, path)["Location"]
    headings = path.read_text().splitlines()[0].split(",")
    client.post(columns, mapped(headings))
    background.work.func(queued.pop(1))
    client.post(columns.replace("columns/", "apply/"))
    background.work.func(queued.pop(1))
    run(queued)
    assert "其间又有新的导入" in text_of(client, page)
    assert PlaceName.objects.count() == 4


def test_a_saved_mapping_brings_encoding_and_system(client, officer, tmp_path):
    ImportMapping.objects.create(
        name="旧系统",
        columns={"代号": "code", "名": "name"},
        encoding="gb18030",
        coordinate_system="GCJ-02",
    )
    saved = ImportMapping.objects.get()
    page = client.get(reverse("place_name_imports:upload")).content.decode()
    assert 'data-encoding="gb18030"' in page
    assert 'data-system="GCJ-02"' in page
    content = "代号,名\n1,甲\n".encode("gb18030")
    chosen = {"saved": saved.pk, "system": "", "encoding": ""}
    text = text_of(client, upload(client, content, **chosen)["Location"])
    assert "GB18030" in text
    assert "GCJ-02" in text
    # What is chosen in the form goes before.
    chosen["system"] = "BD-09"
    assert "BD-09" in text_of(client, upload(client, content, **chosen)["Location"])


def test_long_files_are_worked_on_in_bounded_batches(monkeypatch):
    monkeypatch.setattr("place_names.importing.batches.BATCH", 3)
    taken = []

    def endless():
        for number in range(10):
            taken.append(number)
            yield number

    batches = in_batches(endless())
    assert next(batches) == [0, 1, 2]
    # No more is read than asked for.
    assert taken == [0, 1, 2]
    assert [len(batch) for batch in batches] == [3, 3, 1]


def test_notes_are_whole_when_they_are_read(client, checked):
    job = jobs.load(checked.split("/")[-2])
    assert json.loads((job.folder / "job.json").read_text())["stage"] == jobs.CHECKED
    assert not list(job.folder.glob("*.new"))


def test_a_saved_mapping_is_renamed_but_its_columns_are_only_read(client, officer):
    saved = ImportMapping.objects.create(name="旧系统", columns={"代号": "code"})
    path = reverse(ImportMapping.snippet_viewset.get_url_name("edit"), args=[saved.pk])
    assert "代号 → 地名代码" in client.get(path).content.decode()
    told = {
        "name": "年度更新",
        "columns": "{}",
        "encoding": "gb18030",
        "coordinate_system": "GCJ-02",
    }
    client.post(path, told | shown_by(client, path))
    saved.refresh_from_db()
    assert (saved.name, saved.columns) == ("年度更新", {"代号": "code"})
    assert (saved.encoding, saved.coordinate_system) == ("gb18030", "GCJ-02")
