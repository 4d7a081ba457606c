"""Say in one sentence which system libraries Qt still needs, and offer nothing else: nothing is installed from here."""

from __future__ import annotations

import subprocess
import sys

from app.gui.environment import PACKAGES

PROBE = "from PySide6.QtWidgets import QApplication; QApplication([])"


def main() -> int:
    """Start Qt without a screen in a child process; 0 when it starts, 2 with the missing packages named when not."""
    command = [sys.executable, "-c", PROBE]
    probe = subprocess.run(command, env={"QT_QPA_PLATFORM": "offscreen", "PATH": ""}, capture_output=True, text=True, check=False)
    if probe.returncode == 0:
        return 0
    cause = (probe.stderr.strip().splitlines() or ["?"])[-1]
    print(f"Qt 缺少系统库（{cause}）。Debian、UOS、麒麟请执行：", file=sys.stderr)
    print(f"Qt lacks a system library ({cause}). On Debian, UOS or Kylin run:", file=sys.stderr)
    print(f"  sudo apt-get install -y --no-install-recommends {PACKAGES}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
