# Shared by ./run and ./test: finds a Python and keeps a virtual environment in step
# with its requirements. Sourced, never run.

say() { printf '%s\n' "$*" >&2; }
fail() { say ""; say "$1"; shift; for line in "$@"; do say "  $line"; done; exit 1; }

find_python() {
  for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
    if command -v "$candidate" >/dev/null 2>&1 &&
      "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      python=$candidate
      break
    fi
  done
  [ -n "${python:-}" ] || fail "Python 3.11 or newer is needed, and none was found." \
    "Debian, Ubuntu:  sudo apt install python3 python3-venv" \
    "Another Python:  PYTHON=/path/to/python3.12 $0"
  "$python" -c 'import ssl, sqlite3' 2>/dev/null ||
    fail "$python was built without ssl or sqlite3, which the site needs." \
      "Use the Python of your system:  PYTHON=/usr/bin/python3 $0"
  "$python" -c 'import venv, ensurepip' 2>/dev/null ||
    fail "$python has no venv module, so no virtual environment can be made." \
      "Debian, Ubuntu:  sudo apt install python3-venv" "Then start $0 again."
}

need_disk_space() { # folder, megabytes
  "$python" - "$1" "$2" <<'PY' || fail "The disk of $1 is nearly full: $2 MB are needed." \
    "Free some space, or choose another place with DATA_DIR=/path $0, then start again."
import os, shutil, sys
folder = os.path.abspath(sys.argv[1])
while not os.path.exists(folder):
    folder = os.path.dirname(folder)
sys.exit(shutil.disk_usage(folder).free < int(sys.argv[2]) * 1_000_000)
PY
}

# A stamp inside the environment says which requirements are installed in full; without it
# the install goes on from where it stopped.
prepare_environment() { # folder, requirements file
  find_python
  stamp="$(cat requirements.txt "$2" | cksum) $("$python" -c 'import sys; print(sys.version)')"
  installed="$1/installed-$(basename "$2")"
  if [ "$(cat "$installed" 2>/dev/null)" = "$stamp" ] && "$1/bin/python" -c '' 2>/dev/null; then
    return
  fi
  need_disk_space . 900
  if ! "$1/bin/python" -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    say "Making a virtual environment in $1 …"
    rm -rf "$1"
    "$python" -m venv "$1" || fail "The virtual environment could not be made in $1." \
      "Look at the message above; is the folder writable?"
  fi
  say "Installing $(grep -c '==' "$2") packages of $2 (the first time takes a minute) …"
  "$1/bin/python" -m pip install --disable-pip-version-check -r "$2" | awk '
    /^(Collecting|Installing|Building)/ { printf "  %s\n", substr($0, 1, 100); fflush() }' >&2
  # The pipe hides the status of pip, so the result itself is checked.
  "$1/bin/python" -m pip install --disable-pip-version-check --no-index -q -r "$2" >/dev/null 2>&1 ||
    fail "Not all packages could be installed; pip says why above." \
      "No network? A package mirror is set by:  pip config set global.index-url URL" \
      "No space?   df -h ." \
      "Then start $0 again: it goes on from here."
  printf '%s' "$stamp" >"$installed"
}
