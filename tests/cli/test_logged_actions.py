"""The table of the technical log's actions, in docs/service.md, is that of the code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from itertools import chain
from pathlib import Path

import broadcaster

ROOM = Path(broadcaster.__file__).parent
TABLE = ROOM.parent / "docs" / "service.md"
MODULES = [ast.parse(file.read_text(encoding="utf-8")) for file in sorted(ROOM.rglob("*.py"))]


def test_the_table_of_actions_has_all_of_the_codes_and_no_other() -> None:
    logged = set(chain.from_iterable(map(actions, MODULES)))
    told = {each.replace("...", "*") for each in listed()}
    assert [
        each for each in logged if not any(fnmatchcase(each, pattern) for pattern in told)
    ] == []
    assert [each for each in told if not any(fnmatchcase(one, each) for one in logged)] == []


def listed() -> Iterator[str]:
    """Give the first cells' words of the table."""
    table = TABLE.read_text(encoding="utf-8").partition("| `action` |")[2].partition("\n\n")[0]
    for row in table.splitlines()[2:]:
        yield from re.findall(r"`(.+?)`", row.split("|")[1])


def actions(module: ast.Module) -> Iterator[str]:
    """Give what its records and faults are called; an f-string's values are stars."""
    names = dict(chain.from_iterable(map(named, ast.walk(module))))
    passing = PUBLIC | dict(takers(module))
    for node in ast.walk(module):
        for value in written(node, passing):
            yield from texts(value, names)


def named(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Give what is assigned to names."""
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            yield name, value
        case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)):
            pairs = zip(names, values, strict=True)
            yield from ((name.id, value) for name, value in pairs if isinstance(name, ast.Name))


def written(node: ast.AST, passing: Mapping[str, int]) -> Iterator[ast.expr]:
    """Give what stands for an action: in an `extra`, or as the argument of who passes it on."""
    match node:
        case ast.Dict(keys=keys, values=values):
            for key, value in zip(keys, values, strict=True):
                if isinstance(key, ast.Constant) and key.value == "action":
                    yield value
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name), args=args):
            if (place := passing.get(name, len(args))) < len(args):
                yield args[place]


def texts(value: ast.expr, names: Mapping[str, ast.expr]) -> Iterator[str]:
    """Give an action as it is written, or nothing where it is passed on from elsewhere."""
    match value:
        case ast.Constant(value=str(said)):
            yield said
        case ast.JoinedStr(values=parts):
            yield "".join(next(texts(part, names), "*") for part in parts)
        case ast.IfExp(body=one, orelse=other):
            yield from (*texts(one, names), *texts(other, names))
        case ast.Name(id=name) if name in names:
            yield from texts(names[name], names)
        case ast.Name(id=name) | ast.Attribute(attr=name):
            assert name == "action", f"nobody can tell what {name} is"


def takers(module: ast.Module) -> Iterator[tuple[str, int]]:
    """Give the functions that have a parameter `action`, and its place without self."""
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            names = [each.arg for each in node.args.args if each.arg != "self"]
            if "action" in names:
                yield node.name, names.index("action")


FOUND = chain.from_iterable(map(takers, MODULES))
PUBLIC = {name: place for name, place in FOUND if not name.startswith("_")}
