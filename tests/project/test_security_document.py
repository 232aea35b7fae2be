"""Every threat in SECURITY.md names what holds it and a test that exists."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def rows() -> list[list[str]]:
    lines = (ROOT / "SECURITY.md").read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if "|" in line]
    return [row for row in cells if row[0] not in ("threat", "fault") and set(row[0]) != {"-"}]


def test_each_row_names_a_test_that_exists():
    assert len(rows()) >= 25
    for threat, held_by, named in rows():
        assert held_by, threat
        found = re.fullmatch(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", named)
        assert found, (threat, named)
        path = ROOT / found[1]
        assert path.exists(), (threat, named)
        tree = ast.parse(path.read_text(encoding="utf-8"))
        tests = {
            node.name
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
        }
        assert tests, (threat, named)
        assert found[2] is None or found[2] in tests, (threat, named)


def test_no_test_stands_for_two_threats():
    named = [row[2] for row in rows()]
    assert sorted(named) == sorted(set(named))
