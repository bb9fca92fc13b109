"""The public names, and the cost of importing them."""

from __future__ import annotations

import pytest

import aicop
from tests.programs import _run

NAMES = {
    *(
        "AicopError",
        "Catalogue",
        "Edition",
        "EditionId",
        "InvalidDocument",
        "Match",
        "KeyMistake",
        "Library",
        "Modality",
        "Phase",
    ),
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
    *("UnknownKey", "compare", "counterpart", "counterparts", "editions", "from_dict", "load", "parse", "to_dict"),
}


def test_the_names_are_exactly_these() -> None:
    """The public names are exactly those listed, so that adding or removing one is a decision."""
    assert set(aicop.__all__) == NAMES
    assert sorted(aicop.__all__) == aicop.__all__
    assert set(dir(aicop)) >= NAMES


@pytest.mark.parametrize("name", sorted(NAMES))
def test_each_name_resolves(name: str) -> None:
    """Every public name resolves to an object of that name."""
    assert getattr(aicop, name).__name__ == name


def test_importing_loads_no_other_module() -> None:
    """`import aicop` loads only the module for lazy names, and no library."""
    program = """
import sys
before = set(sys.modules)
import aicop
new = {name.partition(".")[0] if not name.startswith("aicop") else name for name in set(sys.modules) - before}
print(sorted(new - set(sys.stdlib_module_names)))
"""
    assert _run(program) == "['aicop', 'aicop._lazy']"


def test_importing_reads_no_data_and_no_heavy_library() -> None:
    """Importing every public name loads neither pydantic, networkx, importlib_resources nor click, and no data file."""
    program = """
import sys
opened = []
sys.addaudithook(lambda event, args: event == "open" and opened.append(str(args[0])))
import aicop
from aicop import *
heavy = {"pydantic", "networkx", "importlib_resources", "click"} & set(sys.modules)
data = [name for name in opened if name.endswith((".json", ".tsv"))]
print(sorted(heavy), data)
"""
    assert _run(program) == "[] []"


def test_a_literal_key_needs_no_parser() -> None:
    """Neither the tolerant parser nor importlib_resources is loaded for it, nor to load an edition."""
    program = """
import sys
import aicop
aicop.parse("uk-ai-cop:5.4.1")
print(sorted({"aicop.keys.tolerant", "aicop.vocabulary", "importlib_resources"} & set(sys.modules)))
aicop.load("uk-ai-cop")
print(sorted({"aicop.keys.tolerant", "importlib_resources"} & set(sys.modules)))
"""
    assert _run(program) == "[]\n[]"
