"""Write the positions of the drawings of shipped graphs that are not current; with --check, only compare digests."""

import json
import sys
from pathlib import Path

from aicop import editions
from aicop.graph import graph
from aicop.graph.positions import digest_of, dumps, path_of
from aicop.graph.svg_layout import lay_out


def main() -> None:
    """Lay out the graphs whose digest has changed; each takes ten seconds."""
    for edition in editions():
        found, path = graph(edition), Path("data") / path_of(edition)
        # The check compares the digest of what was laid out, because another Graphviz places it a little differently.
        if path.exists() and json.loads(path.read_text(encoding="utf-8"))["digest"] == digest_of(found):
            continue
        if "--check" in sys.argv:
            sys.exit(f"{path} is not current: run `make docs`")
        path.parent.mkdir(exist_ok=True)
        path.write_text(dumps(found, lay_out(found)), encoding="utf-8")


if __name__ == "__main__":
    main()
