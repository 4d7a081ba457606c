#!/bin/sh
# Sets up and passes all checks: lint, types, the direction of imports, tests. Arguments go to pytest.
set -eu
cd "$(dirname "$0")/.."
sh installer/setup.sh
export QT_QPA_PLATFORM=offscreen PYTHONUTF8=1
.venv/bin/ruff check .
.venv/bin/ruff format --check .
.venv/bin/mypy
.venv/bin/lint-imports
exec .venv/bin/python -m pytest -n 2 --dist loadfile "$@"
