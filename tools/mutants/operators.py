"""What a mutant changes: one small thing in one place of a module.

Left alone is what no behaviour depends on: docstrings, annotations, decorators, ``__all__``, what only a type checker
runs, and the texts inside of f-strings, whose places Python 3.11 does not know.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

_COMPARED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_CALCULATED = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult, ast.Pow: ast.Mult, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr, ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}  # fmt: skip
#: Parts of a node in which nothing is changed.
_SKIPPED = {"annotation", "returns", "decorator_list", "type_params"}
_Change = tuple[ast.expr | ast.stmt, ast.expr | ast.stmt]


@dataclass(frozen=True)
class Mutant:
    """One change: the bytes ``start`` to ``end`` of a file become ``after``; ``lines`` are those of its statement."""

    file: str
    line: int
    start: int
    end: int
    before: str
    after: str
    lines: tuple[int, int]
    #: Whether it runs once a process: on import, or in a function whose results are cached.
    once: bool

    def applied(self, source: bytes) -> bytes:
        return source[: self.start] + self.after.encode() + source[self.end :]


def mutants(file: str, source: bytes) -> list[Mutant]:
    """All mutants of a module, in the order of its text."""
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    found = []
    for (node, new), lines, once in _walk(ast.parse(source), (1, 1), once=True):
        start = starts[node.lineno - 1] + node.col_offset
        end = starts[(node.end_lineno or 1) - 1] + (node.end_col_offset or 0)
        after = f"({ast.unparse(new)})" if isinstance(new, ast.expr) else ast.unparse(new)
        found.append(Mutant(file, node.lineno, start, end, source[start:end].decode(), after, lines, once))
    return sorted(found, key=lambda mutant: (mutant.start, mutant.end, mutant.after))


def _walk(node: ast.AST, lines: tuple[int, int], *, once: bool) -> Iterator[tuple[_Change, tuple[int, int], bool]]:
    """Each node with what replaces it, the lines of its statement, and whether it runs once."""
    if isinstance(node, ast.stmt):
        body = getattr(node, "body", None)
        lines = (node.lineno, max(node.lineno, body[0].lineno - 1) if body else node.end_lineno or node.lineno)
    for change in _changes(node):
        yield change, lines, once
    for field, value in ast.iter_fields(node):
        if field in _SKIPPED:
            continue
        cached = isinstance(node, ast.FunctionDef) and any("cache" in ast.unparse(each) for each in node.decorator_list)
        inside = cached if isinstance(node, ast.FunctionDef) and field == "body" else once
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _idle(child):
                yield from _walk(child, lines, once=inside)


def _idle(node: ast.AST) -> bool:
    """Whether nothing that the program does depends on it."""
    match node:
        case ast.Expr(value=ast.Constant()) | ast.JoinedStr():
            return True
        case ast.Assign(targets=[ast.Name(id="__all__")]):
            return True
        case ast.Call(func=ast.Name(id="cast" | "TypeVar" | "NewType")):
            return True
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return True
    return False


def _changes(node: ast.AST) -> Iterator[_Change]:
    """The expression or statement that is replaced, and what replaces it."""
    match node:
        case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test):
            yield test, ast.UnaryOp(ast.Not(), test)
        case ast.comprehension(ifs=tests):
            yield from ((test, ast.UnaryOp(ast.Not(), test)) for test in tests)
        case ast.Return(value=ast.expr() as value) if ast.unparse(value) != "None":
            yield value, ast.Constant(None)
        case ast.Expr() | ast.AugAssign() | ast.Raise() | ast.Delete():
            yield node, ast.Pass()
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield node, ast.Pass()
        case ast.Continue():
            yield node, ast.Break()
        case ast.Break():
            yield node, ast.Continue()
        case ast.expr():
            yield from ((node, new) for new in _other_expressions(node))


def _other_expressions(node: ast.expr) -> Iterator[ast.expr]:
    match node:
        case ast.Compare(ops=ops):
            for number, each in enumerate(ops):
                yield _with(node, ops=[*ops[:number], _COMPARED[type(each)](), *ops[number + 1 :]])
        case ast.BoolOp(op=op):
            yield _with(node, op=ast.Or() if isinstance(op, ast.And) else ast.And())
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            yield operand
        case ast.BinOp(op=op) if type(op) in _CALCULATED:
            yield _with(node, op=_CALCULATED[type(op)]())
        case ast.Constant(value=bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(value=int() | float() as value):
            yield ast.Constant(value + 1)
        case ast.Constant(value=str() as value):
            yield ast.Constant("" if value else "XX")
        case ast.Constant(value=bytes() as value):
            yield ast.Constant(b"" if value else b"XX")


def _with(node: ast.expr, **fields: object) -> ast.expr:
    new = copy.copy(node)
    for name, value in fields.items():
        setattr(new, name, value)
    return new
