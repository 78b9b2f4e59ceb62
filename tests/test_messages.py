"""Every text for people has its Vietnamese, in the catalogue that is shipped."""

import ast
import gettext
import os
import string
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.pofile import read_po

from broadcaster.messages import DOMAIN, LOCALES

SOURCE = LOCALES.parent
COLLECTED = {"msg", "tr", "talk"}
PO = LOCALES / "vi" / "LC_MESSAGES" / f"{DOMAIN}.po"
TO_DO = "run `make messages`, translate what is empty in the catalogue, run it again"


def found() -> Iterator[tuple[str, ast.expr]]:
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in COLLECTED:
                    yield f"{path.relative_to(SOURCE)}:{node.lineno}", node.args[0]


@cache
def texts() -> list[tuple[str, ast.expr]]:
    """Give what every msg, tr and talk of the source is called with, and where."""
    return list(found())


@cache
def templates() -> dict[str, str]:
    return {
        text.value: where
        for where, text in texts()
        if isinstance(text, ast.Constant) and isinstance(text.value, str)
    }


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file, locale="vi", abort_invalid=True)


def test_templates_are_written_out_where_they_are_collected() -> None:
    """An f-string, a sum or a choice of two would never reach the catalogue."""
    made = [where for where, text in texts() if isinstance(text, ast.JoinedStr | ast.BinOp)]
    chosen = [
        where
        for where, text in texts()
        if isinstance(text, ast.IfExp)
        if isinstance(text.body, ast.Constant) or isinstance(text.orelse, ast.Constant)
    ]

    assert made == []
    assert chosen == []


def test_every_template_has_its_vietnamese(catalogue: Catalog) -> None:
    missing = [
        f"{where}: {template}"
        for template, where in templates().items()
        if (entry := catalogue.get(template)) is None or not entry.string or entry.fuzzy
    ]

    assert len(templates()) > 1
    assert missing == [], TO_DO


def test_translations_are_filled_by_the_same_fields(catalogue: Catalog) -> None:
    different = [
        entry.id
        for entry in catalogue
        if isinstance(entry.id, str) and entry.string and entry.id
        if fields(entry.id) != fields(str(entry.string))
    ]

    assert different == []


def test_translations_keep_the_margins_of_their_templates(catalogue: Catalog) -> None:
    """Indents and line ends lay out what is printed."""
    ours = [entry for entry in catalogue if entry.id in templates()]

    assert [
        entry.id
        for entry in ours
        if entry.id[: -len(entry.id.lstrip())] != entry.string[: -len(entry.string.lstrip())]
        or entry.id.endswith("\n") != entry.string.endswith("\n")
    ] == []


def test_translations_are_composed_unicode(catalogue: Catalog) -> None:
    assert [
        entry.id for entry in catalogue if not unicodedata.is_normalized("NFC", str(entry.string))
    ] == []


def test_the_compiled_catalogue_says_what_the_text_one_says(catalogue: Catalog) -> None:
    with PO.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)

    stale = [
        entry.id
        for entry in catalogue
        if entry.id and isinstance(entry.id, str) and entry.string
        if compiled.gettext(entry.id) != entry.string
    ]

    assert stale == [], TO_DO


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("vi", "không phải là thư mục rỗng"),
        ("vi_VN.UTF-8", "không phải là thư mục rỗng"),
        ("en", "is not empty"),
    ],
)
def test_a_command_speaks_the_language_of_the_locale(
    tmp_path: Path, language: str, said: str
) -> None:
    (tmp_path / "file").touch()

    told = subprocess.run(
        [sys.executable, "-m", "broadcaster", "init", str(tmp_path)],
        env={**os.environ, "LANGUAGE": language},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )

    assert told.returncode == 1
    assert said in told.stderr


def test_what_is_wrong_with_a_link_is_said_in_vietnamese(tmp_path: Path) -> None:
    (tmp_path / "devices.toml").write_text(
        'format = 1\n[station]\nname = "Đài"\ntimezone = "Asia/Ho_Chi_Minh"\n[airtime]\n'
        'allowed = ["05:00-07:30"]\n'
        '[signs.a]\ndriver = "alpha"\nwidth = 128\nheight = 16\nlink = "tcp://x"\n'
        '[signs.b]\ndriver = "alpha"\nwidth = 128\nheight = 16\nlink = "socket://x:0"\n'
        '[signs.c]\ndriver = "alpha"\nwidth = 128\nheight = 16\nlink = "serial://x?baud=fast"\n'
    )
    told = subprocess.run(
        [sys.executable, "-m", "broadcaster", "--station", str(tmp_path), "check"],
        env={**os.environ, "LANGUAGE": "vi"},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert told.returncode == 1
    assert told.stdout == (
        'devices.toml:11: signs.a.link: "tcp://x" phải bắt đầu bằng serial://, socket:// hoặc '
        "rfc2217://\n"
        'devices.toml:16: signs.b.link: "0" không phải là cổng TCP: phải từ 1 đến 65535\n'
        'devices.toml:21: signs.c.link: "fast" không phải là tốc độ baud, ví dụ 9600\n'
    )
