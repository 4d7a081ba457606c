"""Entry point: no argument opens the window, anything else is a command; `--read-child` is the guarded reader itself."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the program and return its exit code."""
    arguments = sys.argv[1:]
    if arguments[:1] == ["--read-child"]:
        from app.files.read_child import main as read_child

        return read_child(arguments[1:])
    if not arguments or (len(arguments) == 1 and arguments[0].endswith(".zhiheng")):
        from app.gui.application import main as open_window

        return open_window(arguments)
    from app.cli.main import main as run_command

    return run_command(arguments)


if __name__ == "__main__":
    sys.exit(main())
