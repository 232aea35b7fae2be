"""One word for one thing: what the glossary lists as not used occurs nowhere."""

import ast
import io
import re
import subprocess
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GLOSSARY = ROOT / "docs" / "glossary.md"

OUTSIDE = re.compile(r"/migrations/|^docs/glossary\.md$|^tests/project/test_vocabulary\.py$")


def not_used() -> list[tuple[str, bool]]:
    """(word, whether prose is searched) of the table at the end of the glossary."""
    rows = GLOSSARY.read_text().split("## Not used")[1].split("|---|---|---|\n")[1].splitlines()
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows if row]
    return [(word, where == "everywhere") for word, _instead, where in cells]


WORDS = not_used()
PATTERNS = {word: re.compile(rf"\b{word}s?\b", re.IGNORECASE) for word, _prose in WORDS}
IN_PROSE = [word for word, prose in WORDS if prose]


def split_identifier(name: str) -> str:
    """`MaxURLLength` and `max_url_length` as “max url length”."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|_+", " ", name)
    return " ".join(spaced.split()).lower()


def found_in_prose(text: str) -> Iterator[str]:
    text = " ".join(re.sub(r"[#`*]", " ", text).split())
    yield from (word for word in IN_PROSE if PATTERNS[word].search(text))


def found_in_identifiers(names: set[str]) -> Iterator[str]:
    text = "\n".join(sorted({split_identifier(name) for name in names}))
    yield from (word for word, _prose in WORDS if PATTERNS[word].search(text))


def prose_of(source: str) -> str:
    """Docstrings and comments; what a test is called in words is an identifier."""
    docstrings = [
        ast.get_docstring(node) or ""
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
    ]
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    comments = [token.string for token in tokens if token.type == tokenize.COMMENT]
    return "\n".join([*docstrings, " ".join(comments)])


def defined_in(source: str) -> set[str]:
    """The names that a module gives to something; those of other libraries are not ours."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.arg(arg=name):
                names.add(name)
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                names.add(name)
    return names


def findings() -> set[str]:
    found = set()
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py", "*.md"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for path in listed.stdout.split():
        file = ROOT / path
        if OUTSIDE.search(path) or not file.exists():
            continue
        text = file.read_text()
        words = {*found_in_identifiers({Path(path).stem})}
        if path.endswith(".py"):
            words |= {*found_in_prose(prose_of(text)), *found_in_identifiers(defined_in(text))}
        else:
            words |= {*found_in_prose(text)}
        found |= {f"{path}: {word}" for word in words}
    return found


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("MaxURLLength", "max url length"),
        ("most_days", "most days"),
        ("MOST", "most"),
        ("KeptPage", "kept page"),
    ],
)
def test_identifiers_are_split_into_words(name, words):
    assert split_identifier(name) == words


def test_words_are_found_where_they_stand():
    source = '"""Kept pages."""\nMOST_DAYS = 1  # made anew\n\n\ndef forget_all(sealed): ...\n'
    assert {*found_in_prose(prose_of(source))} == {"kept page", "anew"}
    assert {*found_in_identifiers(defined_in(source))} == {"most", "forget all", "sealed"}


def test_no_word_is_used_that_the_glossary_gives_up():
    if not (ROOT / ".git").exists():
        pytest.skip("the list of files comes from git")
    assert sorted(findings()) == [], "use the word of docs/glossary.md"
