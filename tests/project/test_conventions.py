"""The project's own rules, held by the tools that know them."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [str(Path(sys.executable).parent / arguments[0]), *arguments[1:]],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "site")},
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(
    "arguments", [("ruff", "check", "."), ("ruff", "format", "--check", "."), ("lint-imports",)]
)
def test_tools_find_nothing(arguments):
    result = run(*arguments)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.django_db
def test_models_and_migrations_agree():
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)


def test_the_folder_site_does_not_shadow_pythons_own_module():
    forbidden = [
        path.name
        for pattern in ("__init__.py", "conftest.py", "test_*.py")
        for path in (ROOT / "site").glob(pattern)
    ]
    assert forbidden == []
    assert not (ROOT / "site" / "locale" / "__init__.py").exists()


def test_every_folder_of_tests_is_a_package():
    folders = {path.parent for path in (ROOT / "tests").rglob("test_*.py")}
    assert folders
    assert [str(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


def test_shell_scripts_are_sound():
    for script in ("run", "test"):
        assert subprocess.run(["sh", "-n", str(ROOT / script)]).returncode == 0
    assert subprocess.run(["bash", "-n", str(ROOT / ".ci" / "run")]).returncode == 0


def test_every_variable_of_the_environment_is_documented():
    code = [*ROOT.glob("site/civil_affairs/**/*.py"), ROOT / "gunicorn.conf.py"]
    asked = re.compile(r"environ(?:\.get\(|\[)\s*\"([A-Z_]+)\"")
    names = {name for path in code for name in asked.findall(path.read_text(encoding="utf-8"))}
    told = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert names >= {"DATA_DIR", "SECRET_KEY", "WEB_CONCURRENCY"}
    assert {name for name in names if f"`{name}`" not in told} == set()
