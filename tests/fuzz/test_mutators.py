"""Changes to inputs: reproducible, safe on any bytes, and mostly still of the same structure."""

from __future__ import annotations

import io
import json
import random
import tomllib
import zipfile
from datetime import date

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz import mutators
from tests.fuzz.readers import HARNESSES

ALL = {name: function for name, function in vars(mutators).items() if name.startswith("mutate")}


@pytest.mark.parametrize("name", ALL)
@given(content=st.binary(max_size=100) | st.text(max_size=100).map(lambda text: text.encode("utf-8", "surrogatepass")))
@settings(max_examples=40)
def test_any_bytes_can_be_changed(name: str, content: bytes) -> None:
    """A change needs no well-formed input, and is the same for the same numbers."""
    one, other = (ALL[name](content, random.Random(1)) for _ in range(2))
    assert one == other


@pytest.mark.parametrize("name", HARNESSES)
def test_changes_differ(name: str) -> None:
    """Of a seed, nearly every change gives another input, and nearly all differ from each other."""
    harness = HARNESSES[name]
    seed = harness.seeds()[0]
    changed = [harness.mutate(seed, random.Random(number)) for number in range(40)]
    assert len(set(changed)) > 25
    assert changed.count(seed) < 10


def _is_yaml(content: bytes) -> bool:
    try:
        yaml.safe_load(content)
    except (yaml.YAMLError, ValueError):
        return False
    return True


def test_changed_json_and_yaml_can_be_parsed() -> None:
    """Changed JSON is JSON, and most of changed YAML is YAML."""
    content = json.dumps({"a": [1, "b", {"c": None}], "d": {"e": ["x", "y"]}}).encode()
    for number in range(200):
        json.loads(mutators.mutate_json(content, random.Random(number)))
    written = [mutators.mutate_yaml(b"a:\n- b\n- c: 1\nd: e\n", random.Random(number)) for number in range(200)]
    assert sum(map(_is_yaml, written)) > 150


def test_a_changed_workbook_is_an_archive() -> None:
    """Changed workbooks are archives, most with the same parts."""
    content = HARNESSES["workbook"].seeds()[0]
    same = 0
    for number in range(50):
        with zipfile.ZipFile(io.BytesIO(mutators.mutate_workbook(content, random.Random(number)))) as archive:
            same += len(archive.namelist()) == 5
    assert same > 35


def test_a_folder_is_written_as_one_text() -> None:
    """A folder in one text is restored, if its files end with a line break."""
    files = {"a/b.csv": b"id\nX\n", "aicop.toml": b"", "c.json": b"{}\n"}
    assert mutators.split_folder(mutators.join_folder(files)) == files | {"aicop.toml": b"\n"}


def _is_toml(content: bytes) -> bool:
    try:
        tomllib.loads(content.decode())
    except ValueError:
        return False
    return True


def test_changed_toml_has_values_of_other_types() -> None:
    """Many changes of TOML are TOML, and some have a date where text was."""
    written = [mutators.mutate_toml(b'a = "b"\nc = ["d"]\n', random.Random(number)) for number in range(1000)]
    assert sum(map(_is_toml, written)) > 300
    assert sum(isinstance(tomllib.loads(text.decode()).get("a"), date) for text in written if _is_toml(text)) > 5


def test_rows_of_tables_stay_rows() -> None:
    """Most changed tables have the same separator and rows of several cells."""
    content = b"id,parent,kind\nX,,family\nX-1,X,control\n"
    changed = [mutators.mutate_table(content, random.Random(number)) for number in range(200)]
    assert sum(text.count(b",") >= 4 for text in changed) > 150
