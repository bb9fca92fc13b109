"""Print the runtime dependencies pinned at the floors that pyproject.toml declares."""

import tomllib
from pathlib import Path

project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
extras = project["optional-dependencies"]
extra = [requirement for name in ("cli", "draw", "parquet", "rdf", "xlsx", "yaml") for requirement in extras[name]]
for requirement in [*project["dependencies"], *extra]:
    print(requirement.replace(">=", "=="))
