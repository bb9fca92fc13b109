"""The entry point of the command line."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line, or exit with a hint if the ``cli`` extra is not installed."""
    # Everything is imported within the `try`, because most of the first second goes into imports.
    try:
        _run()
    except KeyboardInterrupt:
        from aicop.cli.exit_codes import INTERRUPTED

        raise SystemExit(INTERRUPTED) from None


def _run() -> None:
    from importlib.util import find_spec

    from aicop.cli.exit_codes import BROKEN

    # `aicop.cli.app` imports click, so that without this check the user would see a traceback.
    if find_spec("click") is None:
        sys.stderr.write("aicop: the command line needs click; install it with: pip install 'aicop[cli]'\n")
        raise SystemExit(BROKEN)
    from aicop.cli.app import run

    run()


if __name__ == "__main__":
    main()
