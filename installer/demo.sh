#!/bin/sh
# Sets up and runs the main job: the demonstration county, from forty workbooks to a brief. Argument: the folder (default demo).
set -eu
cd "$(dirname "$0")/.."
sh installer/setup.sh
exec .venv/bin/zhiheng demo --out "${1:-demo}"
