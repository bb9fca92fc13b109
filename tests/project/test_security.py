"""The promises of SECURITY.md about hostile files."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from aicop.files import json_text, text, workbook

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = (Path(__file__).parent.parent.parent / "SECURITY.md").read_text(encoding="utf-8")
PROMISED = {
    name: (int(seconds), int(size))
    for name, seconds, size in re.findall(r"^\| (.+) \| ([0-9]+) \| ([0-9]+) \|$", PAGE, re.MULTILINE)
}
MEGABYTE = 1_000_000


def _archive() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/workbook.xml", "w") as part:
        for _ in range(300):
            part.write(bytes(MEGABYTE))
    return packed.getvalue()


def _entities() -> bytes:
    steps = "".join(f'<!ENTITY b{i} "{f"&b{i - 1};" * 9}">' for i in range(1, 12))
    root = '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><a>&b11;</a></r:RDF>'
    return f'<?xml version="1.0"?>\n<!DOCTYPE r [<!ENTITY b0 "lol">{steps}]>\n{root}'.encode()


def _aliases() -> bytes:
    steps = (f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 12))
    return "\n".join(["urn: u", "a0: &a0 [lol]", *steps]).encode()


# For each input of the page: the name of the file, its content, and the size to which it is filled up.
HOSTILE: dict[str, tuple[str, Callable[[], bytes], int]] = {
    "a table whose one line has 200 MB": ("a.csv", lambda: b"source,relationship,target,", 200 * MEGABYTE),
    "a table with a quotation mark that is never closed": (
        "a.csv",
        lambda: b'source,relationship,target\n"' + b"x,\n" * (20 * MEGABYTE),
        0,
    ),
    "JSON of 100,000 levels": ("a.json", lambda: b"[" * 100_000, 0),
    "JSON of 60 MB with 12,000,000 values": ("a.json", lambda: b"[" + b'"ab",' * (12 * MEGABYTE) + b"1]", 0),
    "JSON with a field name of 20 MB": (
        "a.json",
        lambda: b'{"framework": "a", "controls": [], "' + b"x" * (20 * MEGABYTE) + b'": 1}',
        0,
    ),
    "YAML whose aliases expand to 9^11 values": ("a.yaml", _aliases, 0),
    "XML whose entities expand to 9^11 texts": ("a.rdf", _entities, 0),
    "a workbook of 300 KB that unpacks to 300 MB": ("a.xlsx", _archive, 0),
}


def test_every_promise_is_tested() -> None:
    """The hostile inputs on the page are those that are run here."""
    assert list(PROMISED) == list(HOSTILE)


MEASURED = """
import sys, time
from aicop.__main__ import main
try:
    main()
finally:
    [peak] = [line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")]
    print(time.process_time(), peak, file=sys.stderr)
"""
"""Runs a command, and prints its processor time in seconds and its greatest memory in kibibytes."""
# The kernel counts the memory of the process that started another one too, so the other one measures itself.


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_files_are_refused_within_the_limits(tmp_path: Path, what: str) -> None:
    """Each hostile input is refused in a few lines, and needs no more time and memory than the page says."""
    name, content, size = HOSTILE[what]
    path = tmp_path / name
    path.write_bytes(content())
    if size:
        os.truncate(path, size)
    command = [sys.executable, "-c", MEASURED, "check" if name.endswith("xlsx") else "import", str(path)]
    done = subprocess.run(command, check=False, capture_output=True)  # noqa: S603 -- ours
    path.unlink()
    seconds, megabytes = PROMISED[what]
    assert (done.returncode, done.stdout) == (3, b"")
    said, _, used = done.stderr.rstrip().rpartition(b"\n")
    assert len(said) < 20_000
    spent, kibibytes = used.split()
    assert float(spent) < seconds
    assert int(kibibytes) * 1024 < megabytes * MEGABYTE


def test_the_sizes_on_the_page_are_the_limits() -> None:
    """The page states the limits of the readers."""
    said = " ".join(PAGE.split())
    for part in (
        f"A file has at most {text.MAX_FILE_SIZE // 2**20} MiB",
        f"unpacks to at most {workbook.MAX_UNPACKED_SIZE // 2**20} MiB and has at most {workbook.MAX_CELLS:,} cells",
        f"JSON has at most {json_text.MAX_JSON_NODES:,} lists and objects, {json_text.MAX_JSON_VALUES:,} commas",
        f"and {json_text.MAX_JSON_DEPTH} levels, YAML {json_text.MAX_JSON_NODES:,} lists and mappings",
        f"a line or row of a table {text.MAX_LINE_LENGTH:,} characters",
    ):
        assert part in said


NETWORK = {"socket", "ssl", "http.client", "urllib.request", "requests", "pickle", "marshal"}


def test_no_module_opens_a_connection_or_executes_data() -> None:
    """No module of aicop imports a library for connections or for objects in data, or evaluates text."""
    for path in (Path(__file__).parent.parent.parent / "src").rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        imported = set(re.findall(r"^\s*(?:import|from) ([\w.]+)", source, re.MULTILINE))
        assert imported.isdisjoint(NETWORK), path
        assert re.search(r"(?<![\w.])(?:eval|exec|__import__)\(", source) is None, path
