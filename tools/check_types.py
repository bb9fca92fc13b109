"""Let pyright check what mypy checks, since users have either, and that the type of every public name is known."""

import os
import subprocess
import sys
from pathlib import Path

ENVIRONMENT = os.environ | {
    # Pyright asks the first Python in the path where packages are; with --verifytypes, it ignores --pythonpath.
    "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])),
    # An editable installation finds its modules by code, which pyright does not run.
    "PYTHONPATH": "src",
    # Otherwise every run asks for a newer version, and the checks need no network.
    "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1",
}


def pyright(*arguments: str) -> tuple[bool, str]:
    """Run pyright, and return whether it found nothing, and its output."""
    command = (sys.executable, "-m", "pyright", *arguments)
    done = subprocess.run(command, check=False, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True)
    return done.returncode == 0, done.stdout.strip()


def main() -> None:
    """Print a line for each check, or what is wrong."""
    promised, said = pyright()
    print(f"pyright: {said}")
    # Types of pydantic and click that pyright does not know are not ours.
    known, said = pyright("--verifytypes", "aicop", "--ignoreexternal")
    # It lists all modules first, and then what is unknown or could be inferred in several ways.
    report = said.partition("Symbols used in public interface:")[2] or said
    lines = (line for line in report.splitlines() if "Symbols exported" in line or "completeness score" in line)
    print("pyright --verifytypes:", ", ".join(line.strip() for line in lines) if known else report)
    sys.exit(not (promised and known))


if __name__ == "__main__":
    main()
