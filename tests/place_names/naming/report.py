"""Prints how often each rule is right, for both parts: python -m tests.place_names.naming.report"""

import os
import sys

import django

sys.path[:0] = [".", "site"]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "civil_affairs.settings.test")


def main() -> None:
    django.setup()
    from tests.place_names.naming.cases import figures

    built, held = figures("build"), figures("held")
    print(f"{'rule':14} build: right wrong missed precision recall | held")
    for rule in sorted({*built, *held}):
        cells = []
        for part in (built, held):
            f = part.get(rule)
            cells.append(
                f"{f.right:3} {f.wrong:3} {f.missed:3}  {f.precision:.2f} {f.recall:.2f}"
                if f
                else "  –"
            )
        print(f"{rule:14} {cells[0]} | {cells[1]}")


if __name__ == "__main__":
    main()
