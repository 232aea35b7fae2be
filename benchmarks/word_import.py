"""How much of real Word documents the import keeps.

    python benchmarks/word_import.py FOLDER…

Each folder holds .docx files of one project. Every file must be read or refused in words. What
is read is compared, line by line and without white space, with what LibreOffice
(`soffice --convert-to txt`) and pandoc (`-t html`) show; either may be missing. A file counts
as equal when every line of theirs is in ours or named in the report, and every line of ours is
in one of theirs. Nothing of the documents is kept.
"""

import contextlib
import html
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from guides.word_import.reading import read
from home.sandbox import FileRefusedError

BLOCK_END = re.compile(r"</(?:p|li|h[1-6]|tr|td|th|caption|div|section|figcaption)>|<br\s*/?>")
# Marks of items and notes, which the three programs write each in its own way.
MARKS = re.compile(r"^[•◦▪●○■□·o–\-*➢✓\uf000-\uf0ff]+|\[\d+\]|↩︎?|\u200b")


def bare(text: str) -> str:
    return re.sub(
        r"[\s_☐☑☒\u202a-\u202e\u2066-\u2069\u200e\u200f\u00ad]+", "", MARKS.sub("", text.strip())
    )


def in_file(path: Path) -> str:
    """All words of the parts that hold text, for what LibreOffice and pandoc leave out."""
    with zipfile.ZipFile(path) as archive:
        parts = [
            archive.read(name).decode("utf-8", "replace")
            for name in archive.namelist()
            if re.search(r"(document\d*|footnotes|endnotes)\.xml$", name)
        ]
    found = re.findall(r"<(?:\w+:)?t(?: [^>]*)?>([^<]*)<", "".join(parts))
    found += re.findall(r'<v:textpath[^>]* string="([^"]*)"', "".join(parts))
    return bare(html.unescape("".join(found)))


def lines_of(markup: str) -> list[str]:
    markup = re.sub(r'<a [^>]*class="footnote-(?:ref|back)".*?</a>', "", markup, flags=re.S)
    markup = re.sub(
        r"<(style|script|title)\b.*?</\1>|<annotation\b.*?</annotation>", "", markup, flags=re.S
    )
    text = re.sub(r"<[^>]+>", "", BLOCK_END.sub("\n", re.sub(r"\s*\n\s*", " ", markup)))
    return [line for line in map(bare, html.unescape(text).splitlines()) if line]


def ours(path: Path) -> tuple[list[str], str]:
    """The lines that a page would show, and the report as one text."""
    lines, notes = [], ""
    for value in read(path, max_pages=10_000, max_pixels=40_000_000, max_edge=2560):
        if value["kind"] == "about":
            lines.append(value["title"])
        elif value["kind"] == "heading":
            lines.append(value["text"])
        elif value["kind"] == "paragraph":
            lines += lines_of(value["html"])
        elif value["kind"] == "table":
            if not re.fullmatch(r"表\d+", value["caption"]):
                lines.append(value["caption"])
            lines += [line for row in value["rows"] for c in row for line in lines_of(c["html"])]
        elif value["kind"] == "picture":
            lines.append(value["caption"])
        elif value["kind"] == "report":
            notes = "".join(message for _place, message in value["notes"])
    return [line for line in map(bare, lines) if line], notes


def with_pandoc(path: Path) -> list[str] | None:
    done = subprocess.run(
        ["pandoc", "-f", "docx", "-t", "html", "--wrap=none", str(path)],
        capture_output=True,
        timeout=60,
    )
    return lines_of(done.stdout.decode("utf-8", "replace")) if done.returncode == 0 else None


def with_libreoffice(paths: list[Path]) -> dict[Path, list[str]]:
    """Converted one by one where a batch fails: one bad file ends the batch."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for number, path in enumerate(paths):
            copy = Path(folder) / f"{number}.docx"
            shutil.copyfile(path, copy)
            copy.chmod(0o600)
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile"]
        command += ["--convert-to", "txt:Text (encoded):UTF8", "--outdir", folder]
        todo = [str(Path(folder) / f"{number}.docx") for number in range(len(paths))]
        for start in range(0, len(todo), 20):
            batch = todo[start : start + 20]
            with contextlib.suppress(subprocess.TimeoutExpired):
                subprocess.run([*command, *batch], capture_output=True, timeout=120)
        for number, path in enumerate(paths):
            text = Path(folder) / f"{number}.txt"
            if text.exists():
                lines = text.read_text("utf-8-sig", "replace").splitlines()
                found[path] = [
                    line for line in map(bare, re.split(r"[\t\n]", "\n".join(lines))) if line
                ]
    return found


def missing(theirs: list[str], whole: str) -> list[str]:
    return [line for line in theirs if line not in whole]


def is_named(line: str, whole: str, named: str) -> bool:
    """Whether the report names what a line of theirs has and ours has not."""
    if line[:40] in named:
        return True
    for words in sorted(re.findall("“(.*?)…?”", named), key=len, reverse=True):
        line, whole = line.replace(words, ""), whole.replace(words, "")
    return line in whole


def judge(folder: Path, show: bool) -> Counter:
    counts: Counter = Counter()
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() == ".docx")
    shown_by_office = with_libreoffice(paths)
    for path in paths:
        counts["files"] += 1
        try:
            lines, notes = ours(path)
        except FileRefusedError as error:
            counts["refused"] += 1
            if show:
                print(f"  refused {path.name}: {error}")
            continue
        except Exception as error:
            counts["crashed"] += 1
            print(f"  CRASHED {path.name}: {error!r}")
            continue
        whole, named = "".join(lines), bare(notes)
        office, pandoc = shown_by_office.get(path), with_pandoc(path)
        if office is None and pandoc is None:
            counts["nothing to compare"] += 1
            continue
        gone = missing(office or [], whole) if pandoc is None else []
        if office is not None and pandoc is not None:
            gone = [line for line in missing(office, whole) if line in "".join(pandoc)]
            gone += [line for line in missing(pandoc, whole) if line in "".join(office)]
        elif office is None:
            gone = missing(pandoc, whole)
        gone = [line for line in dict.fromkeys(gone) if not is_named(line, whole, named)]
        theirs = "".join(office or []) + "\n" + "".join(pandoc or [])
        theirs += in_file(path)
        added = [line for line in missing(lines, theirs) if not is_named(line, theirs, named)]
        kind = "equal" if not gone and not added else "differs"
        counts[kind] += 1
        if show and kind == "differs":
            print(
                f"  {path.name}: lost {[g[:50] for g in gone[:4]]} added {[a[:50] for a in added[:4]]}"
            )
    return counts


if __name__ == "__main__":
    show = "-v" in sys.argv
    total: Counter = Counter()
    for name in (one for one in sys.argv[1:] if one != "-v"):
        counts = judge(Path(name), show)
        total += counts
        print(Path(name).name, dict(counts))
    compared = total["equal"] + total["differs"]
    print("all", dict(total), f"equal {total['equal'] / max(compared, 1):.1%}")
