#!/bin/sh
# Makes tests/upgrade/<commit>.{sqlite3,postgresql.sql}.xz from a commit of this repository:
#   make_dumps.sh COMMIT PYTHON POSTGRESQL_URL   (a database that is new and empty)
# PYTHON has the requirements of that commit.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
commit=$1 python=$2 url=$3
work=$(mktemp -d)
git -C "$here" worktree add --detach "$work/tree" "$commit"
trap 'git -C "$here" worktree remove --force "$work/tree"; rm -rf "$work"' EXIT
cd "$work/tree"
for engine in sqlite postgresql; do
  export DATA_DIR="$work/$engine" DJANGO_SETTINGS_MODULE=civil_affairs.settings.test
  mkdir "$DATA_DIR"
  if [ $engine = postgresql ]; then export DATABASE_URL="$url"; else export DATABASE_URL="sqlite:///$DATA_DIR/database.sqlite3"; fi
  "$python" manage.py migrate -v 0
  "$python" manage.py load_demonstration >/dev/null
  "$python" "$here/fill.py"
done
"$python" -c 'import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute("VACUUM INTO ?", sys.argv[2:])' \
  "$work/sqlite/database.sqlite3" "$work/$commit.sqlite3"
xz -c "$work/$commit.sqlite3" >"$here/$commit.sqlite3.xz"
pg_dump --no-owner --no-privileges --inserts --rows-per-insert=200 "$url" |
  grep -v '^\\' | xz >"$here/$commit.postgresql.sql.xz"
