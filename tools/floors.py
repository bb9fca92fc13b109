"""Print the runtime dependencies and those of some extras, or with --extras these alone, pinned at their floors."""

import sys
import tomllib
from pathlib import Path

project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
extras = project["optional-dependencies"]
names = [name for name in sys.argv[1:] if name != "--extras"]
own = [] if "--extras" in sys.argv else project["dependencies"]
for requirement in [*own, *(requirement for name in names for requirement in extras[name])]:
    print(requirement.replace(">=", "=="))
