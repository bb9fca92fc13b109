"""Write what the documentation holds that is generated, the JSON Schemas; with --check, only compare."""

import json
import re
import sys
from pathlib import Path

from aicop.documents import PUBLISHED

FOLDER = Path("docs/reference/schemas")


def schemas() -> dict[str, str]:
    """Give file name and text of each schema."""
    found = {}
    for model in PUBLISHED:
        words = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", model.__name__.removesuffix("Document")).lower()
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"} | model.model_json_schema()
        found[f"{words}.schema.json"] = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
    return found


def main() -> None:
    """Write or check."""
    for name, text in schemas().items():
        path = FOLDER / name
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            sys.exit(f"{path} is not current: run `make docs`")


if __name__ == "__main__":
    main()
