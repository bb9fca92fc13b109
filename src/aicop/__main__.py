"""The entry point of the command line; reports what to install if the extra is missing."""

from __future__ import annotations

import sys
from importlib.util import find_spec

from aicop.cli.exit_codes import BROKEN


def main() -> None:
    """Run the command line."""
    if find_spec("click") is None:
        sys.stderr.write("aicop: the command line needs click; install it with: pip install 'aicop[cli]'\n")
        raise SystemExit(BROKEN)
    from aicop.cli.app import run

    run()


if __name__ == "__main__":
    main()
