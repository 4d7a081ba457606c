#!/bin/sh
# Sets up and runs the main job: the demonstration county, from forty workbooks to a brief. Argument: the folder (default demo).
set -eu
cd "$(dirname "$0")/.."
sh installer/setup.sh
folder=${1:-demo}
.venv/bin/zhiheng demo --out "$folder"
echo "在本文件夹执行 / from this folder: .venv/bin/zhiheng \"$folder/demo.zhiheng\""
