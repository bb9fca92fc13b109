"""Changes to source that tests should notice."""

from __future__ import annotations

import ast

import pytest

import mutants as command
from mutation import KINDS, Mutant, mutants

CHANGES = [
    ("a < b", ["a <= b", "a >= b"]),
    ("a >= b", ["a > b", "a < b"]),
    ("0 < a <= b", ["0 <= a <= b", "0 >= a <= b", "1 < a <= b"]),
    ("a in b", ["a not in b"]),
    ("a is None", ["a is not None"]),
    ("a and b", ["a or b"]),
    ("not a", ["a"]),
    ("b if a else c", ["c if a else b"]),
    ("[b for b in a if b]", ["[b for b in a]"]),
    ("2", ["3", "1"]),
    ("True", ["False"]),
    ("'x'", ["'x#'"]),
    ("sorted(a)", ["sorted(a, reverse=True)", "list(a)"]),
    (
        "sorted(a, key=lambda b: (b.c, b.d))",
        [
            "sorted(a, key=lambda b: (b.c, b.d), reverse=True)",
            "list(a)",
            "sorted(a)",
            "sorted(a, key=lambda b: (b.d,))",
            "sorted(a, key=lambda b: (b.c,))",
        ],
    ),
    ("min(a)", ["max(a)"]),
    ("all(a)", ["any(a)"]),
    ("a | b", ["a & b"]),
    ("a - b", ["a + b"]),
    ("f'{a}x'", ["f'{a}x#'"]),
    ("zip(a, b, strict=True)", []),
]


@pytest.mark.parametrize(("source", "expected"), CHANGES, ids=[source for source, _ in CHANGES])
def test_expressions_are_changed(source: str, expected: list[str]) -> None:
    """Comparisons, limits, conditions, orders, constants and operators are changed, one at a time."""
    assert [ast.unparse(found.tree()) for found in mutants(f"x = {source}\n")] == [f"x = {item}" for item in expected]


SOURCE = '''\
"""Of the module."""
from __future__ import annotations
if TYPE_CHECKING:
    import a

@cache(3)
class One:
    """Of the class."""
    size: int = 1

    def two(self, a: "str") -> "int":
        """Of the function."""
        assert a > 1
        for b in a:
            if b:
                continue
            self.add(
                b,
                a,
            )
        raise KeyError
        return a
'''


def _found() -> list[Mutant]:
    return list(mutants(SOURCE))


def test_statements_are_changed_and_what_no_test_can_notice_is_not() -> None:
    """Docstrings, types, imports, asserts and decorators are left alone."""
    assert [(found.line, found.function, found.kind, found.change) for found in _found()] == [
        (9, "One", "limit", "size: int = 1 -> size: int = 2"),
        (9, "One", "limit", "size: int = 1 -> size: int = 0"),
        (15, "One.two", "boolean", "if b: continue -> if not b: continue"),
        (16, "One.two", "removal", "continue -> break"),
        (17, "One.two", "removal", "self.add(b, a) -> pass"),
        (21, "One.two", "removal", "raise KeyError -> pass"),
        (22, "One.two", "return", "return a -> return None"),
    ]
    assert {found.kind for found in _found()} <= set(KINDS)


def test_a_change_knows_the_lines_that_must_be_run() -> None:
    """Of a statement over several lines any may be run, of a compound one only its head."""
    assert [sorted(found.lines) for found in _found()[2:5]] == [[15], [16], [17, 18, 19, 20]]


def test_each_changed_module_differs_in_one_place() -> None:
    """A changed module compiles, keeps its lines, and is built anew from the source."""
    for found in _found():
        compile(found.tree(), "x.py", "exec")
        changed = ast.unparse(found.tree()).splitlines()
        plain = ast.unparse(ast.parse(SOURCE)).splitlines()
        assert len([1 for one, other in zip(plain, changed, strict=False) if one != other]) >= 1
        assert ast.dump(found.tree()) == ast.dump(found.tree())
    again = {found.change: ast.unparse(found.tree()) for found in _found()}
    assert "size: int = 2" in again["size: int = 1 -> size: int = 2"]
    assert "if not b:" in again["if b: continue -> if not b: continue"]


def test_every_argued_change_exists() -> None:
    """An argument is about a change that can be made, and has a reason."""
    every = {target.key for package in command.TESTS for target in command.targets(package, KINDS)}
    assert command.argued().keys() <= every
    assert all(len(reason) > 20 for reason in command.argued().values())


def test_a_sample_is_repeatable_and_in_order() -> None:
    """The same seed draws the same changes, and a size of 0 means all."""
    every = list(command.targets("relations", KINDS))
    assert command.sampled(every, 0, 1) == every
    drawn = command.sampled(every, 10, 1)
    assert [one.key for one in drawn] == [one.key for one in command.sampled(every, 10, 1)]
    assert [every.index(one) for one in drawn] == sorted(every.index(one) for one in drawn)
    assert len(drawn) == 10
