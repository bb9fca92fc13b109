"""Build the sdist and from it the wheel, install that in a clean environment, and compare what both hold."""

import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ASK = """
import aicop, json, sys
from aicop import frameworks, mappings
editions = [aicop.load(edition) for edition in aicop.editions()]
counts = [len(editions), *({len(e.principles) for e in editions}), *({len(e) for e in editions})]
lists = [frameworks.load(item.id) for item in frameworks.available()]
full = [item for item in mappings.sets() if mappings.load(item.name)]
print(json.dumps([*counts, len(lists), len(full)]))
assert "site-packages" in aicop.__file__, aicop.__file__
"""


def run(*command: str | Path, cwd: Path | None = None, environment: dict[str, str] | None = None) -> str:
    """Run a command and return its output; raise an error if it fails."""
    return subprocess.run(command, check=True, cwd=cwd, env=environment, stdout=subprocess.PIPE, text=True).stdout


def main() -> None:
    """Check the wheel that is built from this checkout."""
    with tempfile.TemporaryDirectory(prefix="aicop wheel ") as folder:
        place = Path(folder)
        run(sys.executable, "-m", "build", "--outdir", place)
        wheel = next(place.glob("*.whl"))
        names = zipfile.ZipFile(wheel).namelist()
        run(sys.executable, "-m", "venv", place / "clean")
        python = place / "clean" / "bin" / "python"
        run(python, "-m", "pip", "install", "-q", wheel)
        # Without settings such as PYTHONPATH, the installed package is what is imported.
        bare = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        answers = {"installed": run(python, "-c", ASK, cwd=place, environment=bare).strip()}
        # Without the extra, the command says what to install.
        done = subprocess.run([python, "-m", "aicop"], check=False, capture_output=True, text=True, cwd=place)
        assert done.returncode == 3, done  # noqa: PLR2004 -- the documented exit code
        assert "aicop[cli]" in done.stderr, done
        # The wheel also works without being unpacked.
        zipped = bare | {"PYTHONPATH": str(wheel)}
        run(python, "-m", "pip", "uninstall", "-q", "-y", "aicop")
        ask = ASK.replace("site-packages", ".whl")
        answers["zipped"] = run(python, "-c", ask, cwd=place, environment=zipped).strip()
        installed = run(python, "-m", "pip", "list", "--format=freeze", cwd=place).split()
        others = [name for name in installed if name.split("==")[0] not in {"pip", "setuptools", "wheel"}]
        wanted = run(sys.executable, "-c", ASK.replace("site-packages", "src")).strip()
        assert all(answer == wanted for answer in answers.values()), (wanted, answers)
        assert "aicop/py.typed" in names, names
        # Packages are listed by hand in pyproject.toml, so one may be forgotten.
        missing = {path.relative_to("src").as_posix() for path in Path("src/aicop").rglob("*.py")} - set(names)
        assert not missing, f"packages that pyproject.toml does not list: {sorted(missing)}"
        print(f"{wheel.name}: {answers}, {len(others)} runtime distributions: {' '.join(others)}")


if __name__ == "__main__":
    main()
