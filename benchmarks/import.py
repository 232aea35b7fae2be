"""How fast and how large an import is: `benchmarks/import.py [NAMES ...]` (5832 by default).

For each number of names a demonstration gazetteer is made (not measured) and imported into an
empty register of its own as CSV, GeoJSON and XLSX, each in a process of its own: dry run, then the
import with its record, its search index and the checks that follow. SQLite in a
temporary folder, or DATABASE_URL. `--debug` measures with DEBUG on, which keeps statements.
"""

import argparse
import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from project import set_up

FORMATS = ("csv", "geojson", "xlsx")


def make_files(folder: Path, names: int) -> None:
    """place_names.csv, .geojson and .xlsx with the same records, and the subdistricts."""
    from openpyxl import Workbook

    from demonstration.place_names.generation.writing import write

    write(folder, names=names)
    with (
        (folder / "place_names.csv").open(encoding="utf-8", newline="") as rows,
        (folder / "place_names.geojson").open("w", encoding="utf-8") as out,
    ):
        out.write('{"type":"FeatureCollection","features":[\n')
        for number, row in enumerate(csv.DictReader(rows)):
            point = [float(row.pop("lon")), float(row.pop("lat"))]
            geometry = {"type": "Point", "coordinates": point}
            feature = {"type": "Feature", "properties": row, "geometry": geometry}
            out.write((",\n" if number else "") + json.dumps(feature, ensure_ascii=False))
        out.write("\n]}\n")
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    with (folder / "place_names.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.reader(rows):
            sheet.append(row)
    book.save(folder / "place_names.xlsx")


def measure(path: Path) -> dict:
    """Import one file into the configured database; seconds, and MB at the peak.

    The time of the processor tells what a machine with nothing else to do would need.
    """
    from place_names.importing.applying import apply_plan
    from place_names.importing.planning import make_plan
    from place_names.importing.readers import open_source
    from place_names.models import PlaceName

    before, start, busy = peak(), time.monotonic(), processor()
    plan = make_plan(open_source(path))
    checked = time.monotonic()
    apply_plan(plan)
    done = time.monotonic()
    plan.close()
    return {
        "names": PlaceName.objects.count(),
        "dry run": round(checked - start, 1),
        "import": round(done - checked, 1),
        "of that CPU": round(processor() - busy, 1),
        "per second": round(plan.counts["added"] / (done - start)),
        "MB before": before,
        "MB peak": peak(),
    }


def prepare(path: Path) -> None:
    """An empty register with the subdistricts, made in a process whose memory does not count."""
    from django.core.management import call_command

    from place_names.models import Subdistrict

    call_command("migrate", verbosity=0)
    for feature in json.loads((path.parent / "subdistricts.geojson").read_text())["features"]:
        facts = feature["properties"]
        Subdistrict.objects.get_or_create(
            code=facts["code"], defaults={"name": facts["name"], "geometry": feature["geometry"]}
        )


def peak() -> int:
    """MB that this process had at its peak; getrusage would count its parent's before the exec."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


def processor() -> float:
    """Seconds of processor time of this process and of the one that reads the file for it."""
    used = (resource.getrusage(of) for of in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", type=int, default=[5832])
    parser.add_argument("--debug", action="store_true")
    parser.add_argument("--formats", nargs="+", choices=FORMATS, default=FORMATS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--prepare", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    settings = "development" if options.debug else "demonstration"
    os.environ["DJANGO_SETTINGS_MODULE"] = f"civil_affairs.settings.{settings}"
    if options.file:
        set_up()
        if options.prepare:
            prepare(options.file)
        else:
            print(json.dumps(measure(options.file)))
        return
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATA_DIR"] = folder
        set_up()
        for names in options.names:
            files = Path(folder) / str(names)
            make_files(files, names)
            for kind in options.formats:
                run(files / f"place_names.{kind}", options.debug)


def run(path: Path, debug: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, __file__, "--file", str(path), *(["--debug"] if debug else [])]
        env = os.environ | {"DATA_DIR": folder}
        subprocess.run([*command, "--prepare"], env=env, check=True, stdout=subprocess.DEVNULL)
        found = subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True)
        size = sum(f.stat().st_size for f in Path(folder).rglob("*") if f.is_file())
        result = json.loads(found.stdout.splitlines()[-1]) | {"MB on disk": size // 1024 // 1024}
    told = "   ".join(f"{key} {value}" for key, value in result.items())
    print(f"{path.suffix[1:]:8}", told, flush=True)


if __name__ == "__main__":
    main()
