"""
Small changes to Python source, each of which a good test should notice.

A change is one of a syntax tree, so that the numbers of lines stay as they are and nothing is written to a file.
"""

from __future__ import annotations

import ast
import copy
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
_OPPOSITES = {"min": "max", "max": "min", "any": "all", "all": "any"}
# Fields of the syntax tree that no test can notice, or that only the type checker reads.
_UNREAD = {"annotation", "returns", "decorator_list", "type_params", "bases"}
_MAX_SHOWN = 70
KINDS = ("comparison", "limit", "boolean", "order", "constant", "return", "removal", "arithmetic")


class Mutant(NamedTuple):
    """A change to one place of a module."""

    line: int
    function: str
    """The qualified name of the function or class in which it is; empty at the level of the module."""
    kind: str
    change: str
    """The statement before and after, as source, each shortened to what is around the difference."""
    lines: frozenset[int]
    """The lines of the statement up to the place; a test that runs none of them cannot notice the change."""
    tree: Callable[[], ast.Module]
    """Build the changed module."""


class _Place(NamedTuple):
    """A node with the steps that lead to it, from the module."""

    node: ast.AST
    steps: tuple[tuple[str, int | None], ...]
    statement: ast.stmt
    inside: int
    """The number of steps that lead to the statement; the others lead from it to the node."""
    function: str


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _is_unread(node: ast.AST) -> bool:
    """Return whether a statement does nothing when the program runs, or nothing that a test may rely on."""
    # zip(strict=True) is an assertion too.
    if isinstance(node, ast.keyword) and node.arg == "strict":
        return True
    if _is_docstring(node) or isinstance(node, ast.Assert | ast.Import | ast.ImportFrom | ast.Global):
        return True
    # Blocks for the type checker, and tables of names for imports on first use.
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def _places(  # noqa: C901 -- each kind of field
    node: ast.AST, steps: tuple[tuple[str, int | None], ...], statement: ast.stmt | None, inside: int, function: str
) -> Iterator[_Place]:
    """Yield the node and all below it that may be changed, in the order of the source."""
    if _is_unread(node):
        return
    if isinstance(node, ast.stmt):
        statement, inside = node, len(steps)
    if statement is not None:
        yield _Place(node, steps, statement, inside, function)
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        function = f"{function}.{node.name}" if function else node.name
    for name, value in ast.iter_fields(node):
        if name in _UNREAD:
            continue
        if isinstance(value, ast.AST):
            yield from _places(value, (*steps, (name, None)), statement, inside, function)
        elif isinstance(value, list):
            for index, item in enumerate(value):
                if isinstance(item, ast.AST):
                    yield from _places(item, (*steps, (name, index)), statement, inside, function)


def _name_of(call: ast.Call) -> str:
    if isinstance(call.func, ast.Name):
        return call.func.id
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def _changed(node: Any, **fields: Any) -> Any:  # noqa: ANN401 -- any node
    """Return a copy of a node with other fields."""
    made = copy.copy(node)
    for name, value in fields.items():
        setattr(made, name, value)
    return made


def _reversed(call: ast.Call) -> ast.Call:
    """Return a call of sorted() or sort() in the opposite order."""
    kept = [one for one in call.keywords if one.arg != "reverse"]
    if len(kept) < len(call.keywords):
        return _changed(call, keywords=kept)  # type: ignore[no-any-return]
    return _changed(call, keywords=[*kept, ast.keyword("reverse", ast.Constant(value=True))])  # type: ignore[no-any-return]


def _orders(call: ast.Call) -> Iterator[ast.expr]:
    """Yield changes to a call that orders something, or finds a least or greatest thing."""
    name = _name_of(call)
    if name in {"sorted", "sort"}:
        yield _reversed(call)
    if name == "sorted" and isinstance(call.func, ast.Name) and call.args:
        yield ast.Call(ast.Name("list", ast.Load()), [call.args[0]], [])
    if name in {"sorted", "sort", "min", "max"} and any(one.arg == "key" for one in call.keywords):
        yield _changed(call, keywords=[one for one in call.keywords if one.arg != "key"])
    if name == "reversed" and call.args:
        yield ast.Call(ast.Name("list", ast.Load()), [call.args[0]], [])
    if name in _OPPOSITES and isinstance(call.func, ast.Name):
        yield _changed(call, func=ast.Name(_OPPOSITES[name], ast.Load()))


def _keys(call: ast.Call) -> Iterator[ast.expr]:
    """Yield calls whose sort key lacks one of its parts."""
    for at, keyword in enumerate(call.keywords):
        body = keyword.value.body if keyword.arg == "key" and isinstance(keyword.value, ast.Lambda) else None
        for part in range(len(body.elts)) if isinstance(body, ast.Tuple) else ():
            assert isinstance(body, ast.Tuple)
            less = _changed(body, elts=[*body.elts[:part], *body.elts[part + 1 :]])
            other = _changed(keyword, value=_changed(keyword.value, body=less))
            yield _changed(call, keywords=[*call.keywords[:at], other, *call.keywords[at + 1 :]])


def _not(node: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.Not(), node)


def _constants(value: object) -> Iterator[tuple[str, bool | int | str]]:
    if isinstance(value, bool):
        yield "constant", not value
    elif isinstance(value, int):
        yield "limit", value + 1
        if value > 0:
            yield "limit", value - 1
    elif isinstance(value, str):
        # A question mark would only make the end of a pattern lazy.
        yield "constant", f"{value}#"


def _variants(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:  # noqa: C901, PLR0912 -- one case for each kind of node
    """Yield what may stand in the place of a node, with the kind of the change."""
    match node:
        case ast.Compare(ops=[op]):
            for other in _COMPARISONS[type(op)]:
                yield "comparison", _changed(node, ops=[other()])
        case ast.Compare(ops=[first, *rest]):
            for other in _COMPARISONS[type(first)]:
                yield "comparison", _changed(node, ops=[other(), *rest])
        case ast.BoolOp(op=op):
            yield "boolean", _changed(node, op=ast.Or() if isinstance(op, ast.And) else ast.And())
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            yield "boolean", inner
        case ast.IfExp(test=test, body=body, orelse=orelse) if not isinstance(test, ast.Compare | ast.BoolOp):
            yield "boolean", _changed(node, body=orelse, orelse=body)
        case ast.If(test=test) | ast.While(test=test) if isinstance(test, ast.Name | ast.Call | ast.Attribute):
            yield "boolean", _changed(node, test=_not(test))
        case ast.comprehension(ifs=[test, *rest]):
            yield "boolean", _changed(node, ifs=rest)
        case ast.Constant(value=value):
            for kind, other_value in _constants(value):
                yield kind, ast.Constant(value=other_value)
        case ast.Call():
            for made in (*_orders(node), *_keys(node)):
                yield "order", made
        case ast.Return(value=ast.expr() as value) if not (isinstance(value, ast.Constant) and value.value is None):
            yield "return", _changed(node, value=ast.Constant(value=None))
        case ast.Expr(value=ast.Call() | ast.Yield() | ast.YieldFrom()) | ast.AugAssign() | ast.Raise():
            yield "removal", ast.Pass()
        case ast.Continue():
            yield "removal", ast.Break()
        case ast.Break():
            yield "removal", ast.Continue()
        case ast.BinOp(op=op) if type(op) in _OPERATORS:
            yield "arithmetic", _changed(node, op=_OPERATORS[type(op)]())
        case _:
            pass


def _difference(before: ast.AST, after: ast.AST) -> str:
    """Return two pieces of source from where they begin to differ on, with a little before it."""
    one, other = (" ".join(ast.unparse(ast.fix_missing_locations(node)).split()) for node in (before, after))
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    start = max(0, at - _MAX_SHOWN // 2)
    ends = (text[start : start + _MAX_SHOWN] + "…" * (len(text) > start + _MAX_SHOWN) for text in (one, other))
    return " -> ".join(ends)


def _replaced(root: Any, steps: tuple[tuple[str, int | None], ...], new: ast.AST) -> Any:  # noqa: ANN401 -- any node
    """Put another node at the end of the steps from *root*, which is changed, and return what is then at the root."""
    if not steps:
        return new
    holder = root
    for name, index in steps[:-1]:
        holder = getattr(holder, name) if index is None else getattr(holder, name)[index]
    name, index = steps[-1]
    old = getattr(holder, name) if index is None else getattr(holder, name)[index]
    # Some nodes, such as that of a comprehension, have no place in the source.
    if hasattr(old, "lineno"):
        ast.copy_location(new, old)
    if index is None:
        setattr(holder, name, new)
    else:
        getattr(holder, name)[index] = new
    return ast.fix_missing_locations(root)


def mutants(source: str) -> Iterator[Mutant]:
    """Yield all changes to a module, in the order of the source."""
    for node, steps, statement, inside, function in _places(ast.parse(source), (), None, 0, ""):
        line = getattr(node, "lineno", statement.lineno)
        end = getattr(node, "end_lineno", None) or line
        # Of a compound statement the head must be run, which ends with the place; of a simple one any line.
        last = line if hasattr(statement, "body") else end
        lines = frozenset(range(statement.lineno, last + 1))
        for kind, new in _variants(node):
            yield Mutant(
                line,
                function,
                kind,
                _difference(statement, _replaced(copy.deepcopy(statement), steps[inside:], copy.deepcopy(new))),
                lines,
                lambda steps=steps, new=new: _replaced(ast.parse(source), steps, copy.deepcopy(new)),  # type: ignore[misc]
            )
