"""Print the runtime dependencies pinned at the floors that pyproject.toml declares."""

import tomllib
from pathlib import Path

project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
extras = project["optional-dependencies"]
for requirement in [*project["dependencies"], *extras["cli"], *extras["draw"]]:
    print(requirement.replace(">=", "=="))
