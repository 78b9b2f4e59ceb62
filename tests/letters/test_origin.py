"""The letter that started it all, in its three forms; skipped where it isn't at hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.letters.score import told

HERE = Path(__file__).parent
LETTER = HERE.parents[2] / "shared" / "letter"
FORMS = ("letter.pdf", "letter.docx", "000_68f426dc6f090c20.txt")


@pytest.mark.skipif(not LETTER.is_dir(), reason="the letter is not kept with the project")
@pytest.mark.parametrize("form", FORMS)
def test_it_is_read_perfectly(form: str) -> None:
    wanted = json.loads((HERE / "origin.json").read_text(encoding="utf-8"))
    if form.endswith(".txt"):  # which has no letterhead
        wanted |= {"document_no": None, "date": None, "issuer": None}
    found = told(LETTER / form)
    typos = [each["message"].split('"')[1] for each in found["warnings"]]
    assert typos == ["ngày13/9/2025", "Tư 09-11/10/2025"]
    assert {key: found[key] for key in wanted} == wanted
    assert set(found) == {*wanted, "sources", "warnings"}
