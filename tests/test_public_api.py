"""The front door: its names, and what importing it costs."""

from __future__ import annotations

import subprocess
import sys

import pytest

import aicop
from aicop._resources import read
from aicop.errors import MissingData

NAMES = {
    *("AicopError", "Catalogue", "Edition", "EditionId", "InvalidDocument", "Match", "KeyMistake", "Modality", "Phase"),
    *(
        "PhaseId",
        "Principle",
        "PrincipleId",
        "Provision",
        "ProvisionId",
        "Relation",
        "Role",
        "Statement",
        "UnknownEdition",
    ),
    *("UnknownKey", "compare", "counterpart", "editions", "load", "parse"),
}


def _run(program: str) -> str:
    command = [sys.executable, "-c", program]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()  # noqa: S603 -- ours


def test_the_names_are_exactly_these() -> None:
    """A name more or less is a change of the public API."""
    assert set(aicop.__all__) == NAMES
    assert sorted(aicop.__all__) == aicop.__all__
    assert set(dir(aicop)) >= NAMES


@pytest.mark.parametrize("name", sorted(NAMES))
def test_each_name_is_there(name: str) -> None:
    """Every name resolves to something that calls itself so."""
    assert getattr(aicop, name).__name__ == name


def test_other_names_are_not() -> None:
    """A wrong name is an AttributeError, as with any module."""
    with pytest.raises(AttributeError, match="module 'aicop' has no attribute 'lode'"):
        getattr(aicop, "lode")  # noqa: B009 -- the type checkers refuse the attribute


def test_importing_reads_no_file_and_pulls_in_nothing_heavy() -> None:
    """Neither pydantic nor networkx nor importlib_resources comes with the import, and no data file is opened."""
    program = """
import sys
opened = []
sys.addaudithook(lambda event, args: event == "open" and opened.append(str(args[0])))
import aicop
from aicop._resources import read
from aicop.errors import MissingData
from aicop import *
heavy = {"pydantic", "networkx", "importlib_resources", "typer", "rich"} & set(sys.modules)
data = [name for name in opened if name.endswith((".json", ".tsv"))]
print(sorted(heavy), data)
"""
    assert _run(program) == "[] []"


def test_loading_reads_only_what_is_asked_for() -> None:
    """One edition, its guide, the threats and the register; neither pydantic nor networkx."""
    program = """
import sys
opened = set()
sys.addaudithook(lambda event, args: event == "open" and opened.add(str(args[0]).replace("\\\\", "/").rpartition("data/")[2]))
import aicop
from aicop._resources import read
from aicop.errors import MissingData
aicop.load("uk-ai-cop")
aicop.load("uk-ai-cop@2025-01")
heavy = {"pydantic", "networkx"} & set(sys.modules)
print(sorted(heavy), sorted(name for name in opened if name.endswith((".json", ".tsv"))))
"""
    assert _run(program) == (
        "[] ['editions/uk-ai-cop@2025-01.json', 'guidance/uk-ai-cop@2025-01.json', 'manifest.json', 'threats.json']"
    )


def test_a_missing_data_file_is_named() -> None:
    """A damaged installation says which file it lacks."""
    with pytest.raises(MissingData) as caught:
        read("editions/nothing.json")
    assert caught.value.resource == "data/editions/nothing.json"
