#!/usr/bin/env python3
"""Django's command line. Adds site/ to the path, where the project package lives."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "site"))

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "civil_affairs.settings.development")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
