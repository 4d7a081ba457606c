#!/bin/sh
# Sets up 智衡 in .venv beside this folder: Python packages by hash, then a look at the system libraries that Qt needs.
# Works with any package mirror that pip and uv are set to. Safe to run again: a finished set-up costs a second.
set -eu
cd "$(dirname "$0")/.."
PYTHON=${PYTHON:-python3}

fail() { echo "$1" >&2; exit 2; }

command -v "$PYTHON" >/dev/null 2>&1 || fail "找不到 Python：请安装 CPython 3.11–3.13。 / Python is missing: install CPython 3.11 to 3.13."
"$PYTHON" -c 'import sys; sys.exit(not ((3, 11) <= sys.version_info[:2] < (3, 14)))' \
  || fail "需要 CPython 3.11–3.13，当前为 $("$PYTHON" -V)。 / CPython 3.11 to 3.13 is needed; this is $("$PYTHON" -V)."

wanted="$(cat requirements.lock pyproject.toml installer/setup.sh | cksum)"
if [ "$(cat .venv/.ready 2>/dev/null || true)" != "$wanted" ]; then
  "$PYTHON" -m venv --clear .venv || fail "无法建立虚拟环境：请安装 python3-venv。 / No virtual environment could be made: install python3-venv."
  .venv/bin/python -m pip install --quiet --disable-pip-version-check "uv>=0.9,<1"  # resolves and installs in seconds, checks every hash
  .venv/bin/uv pip install --quiet --python .venv/bin/python --compile-bytecode --require-hashes -r requirements.lock
  .venv/bin/uv pip install --quiet --python .venv/bin/python --no-deps --editable .
  echo "$wanted" > .venv/.ready
fi
.venv/bin/python installer/check_system.py
