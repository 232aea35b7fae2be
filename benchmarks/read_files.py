"""Reads every file of a folder as the import would: `benchmarks/read_files.py FOLDER [--list]`.

A zip is made of each Shapefile first. Prints how many files were read whole, asked a question, or were
refused with a reason; whatever else happens is a defect and is printed with the name of the file.
"""

import argparse
import tempfile
import time
import zipfile
from collections import Counter
from pathlib import Path

from project import set_up

PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
ENDINGS = (".csv", ".xlsx", ".geojson", ".json", ".gpkg", ".kml", ".zip")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--list", action="store_true", help="print a line for each file")
    options = parser.parse_args()
    set_up("test")
    outcomes: Counter = Counter()
    slowest = (0.0, "")
    with tempfile.TemporaryDirectory() as scratch:
        for path in candidates(options.folder, Path(scratch)):
            start = time.monotonic()
            outcome, told = read(path)
            slowest = max(slowest, (time.monotonic() - start, path.name))
            outcomes[path.suffix, outcome] += 1
            if options.list or outcome == "DEFECT":
                print(f"{outcome:8} {path.name}: {told}")
    for (suffix, outcome), number in sorted(outcomes.items()):
        print(f"{suffix:9} {outcome:8} {number:5}")
    print(f"slowest: {slowest[1]}, {slowest[0]:.1f} s")


def candidates(folder: Path, scratch: Path):
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        if path.suffix.lower() in ENDINGS:
            yield path
        elif path.suffix.lower() == ".shp":
            packed = scratch / f"{'-'.join(path.relative_to(folder).with_suffix('').parts)}.zip"
            with zipfile.ZipFile(packed, "w") as archive:
                for part in path.parent.glob(path.stem + ".*"):
                    if part.suffix.lower() in PARTS:
                        archive.write(part, f"layer{part.suffix.lower()}")
            yield packed


def read(path: Path) -> tuple[str, str]:
    """(outcome, in words); every layer is read, with the first answer to each question.

    Where no heading is known the first column stands for the name, so that every geometry is
    converted and checked.
    """
    from home.sandbox import BrokenFileError, LimitExceededError
    from place_names.importing import mapping, systems
    from place_names.importing.checking import Checker
    from place_names.importing.problems import FileRefusedError
    from place_names.importing.readers import open_source

    try:
        source = open_source(path)
        asked = source.questions()
        rows = good = 0
        for layer in source.found.layers or [None]:
            chosen = open_source(
                path,
                layer=layer.name if layer and len(source.found.layers) > 1 else "",
                encoding=next(iter(source.found.doubts), ""),
            )
            system = chosen.found.crs if chosen.questions() else ""
            columns = mapping.guess(chosen.headings)
            columns = columns if "name" in columns.values() else {chosen.headings[0]: "name"}
            checker = Checker(columns, systems.settled(chosen.found.crs, system))
            for row in chosen.rows(system):
                candidate, _ = checker.check(row)
                rows, good = rows + 1, good + bool(candidate)
        told = f"{rows} rows, {good} of them could be names"
        return ("asked", f"{told}; {'；'.join(asked.values())}") if asked else ("read", told)
    except LimitExceededError as error:
        return "limit", str(error)
    except BrokenFileError as error:
        return "broken", str(error)  # Its reader died or said nothing: told, but in no detail.
    except FileRefusedError as error:
        return "refused", str(error)
    except Exception as error:
        return "DEFECT", f"{type(error).__name__}: {error}"


if __name__ == "__main__":
    main()
