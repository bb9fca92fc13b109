"""Print the runtime dependencies pinned at the floors that pyproject.toml declares."""

import tomllib
from pathlib import Path

project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
for requirement in [*project["dependencies"], *project["optional-dependencies"]["cli"]]:
    print(requirement.replace(">=", "=="))
