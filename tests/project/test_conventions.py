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


APPS = ("home", "guides", "place_names", "marriage", "search", "site", "demonstration")


@pytest.mark.parametrize(
    "arguments",
    [
        ("ruff", "check", "."),
        ("ruff", "format", "--check", "."),
        ("lint-imports",),
        ("mypy", "--cache-dir=/dev/null"),
        ("djlint", *APPS, "--lint", "--quiet"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_tools_find_nothing(arguments):
    result = run(*arguments)
    assert result.returncode == 0, result.stdout + result.stderr


def test_bandit_finds_nothing_in_what_is_served():
    files = (*APPS, "gunicorn.conf.py", "manage.py")
    result = run("bandit", "-q", "-c", "pyproject.toml", "-r", *files)
    assert result.returncode == 0, result.stdout + result.stderr


def test_every_dependency_is_pinned_with_its_hashes():
    def pins(name: str) -> set[str]:
        text = (ROOT / name).read_text(encoding="utf-8")
        return {pin.lower().replace("_", "-") for pin in re.findall(r"^\S+==[^\s;]+", text, re.M)}

    hashed = (ROOT / "requirements-hashed.txt").read_text(encoding="utf-8")
    assert pins("requirements-hashed.txt") == pins("requirements.txt")
    assert len(re.findall(r"^\S+==.*\\\n    --hash=sha256:[0-9a-f]{64}", hashed, re.M)) == len(
        pins("requirements.txt")
    )


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
    for script in ("run", "test", "check"):
        assert subprocess.run(["sh", "-n", str(ROOT / script)]).returncode == 0
    assert subprocess.run(["bash", "-n", str(ROOT / ".ci" / "run")]).returncode == 0


def test_every_variable_of_the_environment_is_documented():
    code = [*ROOT.glob("site/civil_affairs/**/*.py"), ROOT / "gunicorn.conf.py"]
    asked = re.compile(r"environ(?:\.get\(|\[)\s*\"([A-Z_]+)\"")
    names = {name for path in code for name in asked.findall(path.read_text(encoding="utf-8"))}
    told = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert names >= {"DATA_DIR", "SECRET_KEY", "WEB_CONCURRENCY"}
    assert {name for name in names if f"`{name}`" not in told} == set()


def test_no_template_line_is_too_long_to_read():
    lines = {
        f"{path.relative_to(ROOT)}:{number}"
        for app in APPS
        for path in (ROOT / app).rglob("*.html")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > 200
    }
    assert sorted(lines) == []
