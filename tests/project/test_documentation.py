"""What the documents name is there: modules, commands, variables, addresses; diagrams hold."""

import re
import tomllib
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.urls import resolve

from marriage.models.states import LEGAL_CHANGES

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
APPS = ("civil_affairs", "demonstration", "guides", "home", "marriage", "place_names", "search")
FOLDERS = (*APPS, "site", "static", "tests", "benchmarks", "docs")
# A path from the root, e.g. `home/cache/` or `guides/figures/rendering.py`.
PATH = re.compile(rf"`((?:{'|'.join(FOLDERS)})/[\w./-]*)`")
MODULE = re.compile(rf"`((?:{'|'.join(APPS)})(?:\.[a-z_]+)+)(?:\.[A-Z]\w*)?(?:\(\))?`")
COMMAND = re.compile(r"manage\.py ([a-z_]+)")
ADDRESS = re.compile(r"`(/[^`]*)`")
documents = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@documents
def test_paths_that_a_document_names_exist(document):
    assert [path for path in PATH.findall(text(document)) if not (ROOT / path).exists()] == []


def _exists(dotted: str) -> bool:
    """A module, or a name defined in one."""
    for root in (ROOT, ROOT / "site"):
        path = root.joinpath(*dotted.split("."))
        if path.is_dir() or path.with_suffix(".py").exists():
            return True
        holder = path.parent.with_suffix(".py")
        if not holder.exists():
            holder = path.parent / "__init__.py"
        if holder.exists() and re.search(rf"\b{path.name}\b", text(holder)):
            return True
    return False


@documents
def test_modules_that_a_document_names_exist(document):
    assert [name for name in MODULE.findall(text(document)) if not _exists(name)] == []


@documents
def test_commands_that_a_document_names_exist(document):
    known = {*get_commands(), "runserver"}
    assert [name for name in COMMAND.findall(text(document)) if name not in known] == []


def test_variables_of_the_environment_that_the_settings_page_lists_are_read():
    listed = re.findall(r"^\| `([A-Z_]+)`", text(ROOT / "docs" / "settings.md"), re.M)
    sources = [*ROOT.glob("site/civil_affairs/**/*.py"), ROOT / "gunicorn.conf.py", ROOT / "run"]
    code = "\n".join(map(text, sources))
    assert len(listed) > 10
    assert [name for name in listed if name not in code] == []


def test_addresses_that_the_architecture_lists_are_answered():
    [section] = re.findall(
        r"^## URLs\n(.*?)(?=^## |\Z)", text(ROOT / "docs/architecture.md"), re.M | re.S
    )
    addresses = [re.sub(r"\?.*", "", address) for address in ADDRESS.findall(section)]
    assert len(addresses) > 10
    codes = {"<code>": "44010500823510000017", "<9-digit code>": "440105001"}
    named = {re.sub(r"<[^>]*code>", lambda m: codes[m[0]], address) for address in addresses}
    of_pages = {"/", "/en/", "/guides/<slug>/", "/policies/<slug>/", "/notices/<slug>/"}
    unknown = {
        address
        for address in named - of_pages
        if resolve(re.sub(r"<[^>]*>", "example", address)).url_name == "wagtail_serve"
    }
    assert unknown == set()


def test_the_diagram_of_the_apps_is_what_imports_are_held_to():
    settings = tomllib.loads(text(ROOT / "pyproject.toml"))
    [layers] = [
        contract["layers"]
        for contract in settings["tool"]["importlinter"]["contracts"]
        if contract["type"] == "layers"
    ]
    assert "\n" + " ─▶ ".join(layers) + "\n" in text(ROOT / "docs/architecture.md")


def test_the_diagram_of_the_states_of_a_booking_is_the_table_of_legal_changes():
    [diagram] = re.findall(r"stateDiagram-v2\n(.*?)```", text(ROOT / "docs/booking.md"), re.S)
    drawn = set(re.findall(r"^    (\w+) --> (\w+)$", diagram, re.M))
    legal = {(old.value, new.value) for old, all_new in LEGAL_CHANGES.items() for new in all_new}
    assert drawn == legal
