"""What is read in letters: in those it was made with, and apart in those it never saw."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.letters.score import WHOLE, scored

HERE = Path(__file__).parent
FORMS = {"letter.txt": 0.95, "letter.docx": 0.95, "letter.pdf": 0.90, "letter-2.pdf": 0.90}
"""How a letter is typeset, and how much of slogans and events is to be read at least."""
UNSEEN = {
    "document_no": 1.0, "date": 1.0, "urgency": 1.0, "issuer": 0.87, "channels": 0.87,
    "reporting_deadline": 0.8, "window": 0.7, "slogans": 0.8, "events": 0.71,
}  # fmt: skip
"""Of each field on the letters that nobody tunes on: reached, and never to be less."""


@pytest.mark.parametrize("form", FORMS)
def test_letters_are_read(form: str) -> None:
    score = scored(HERE / "tuned", form)
    wrong = "\n".join(score.wrong)
    for field in (*WHOLE, "window"):
        assert score.recall(field) == 1, wrong
    for field in ("slogans", "events"):
        assert min(score.recall(field), score.precision(field)) >= FORMS[form], wrong


@pytest.mark.parametrize("form", FORMS)
def test_no_slogan_is_made_of_what_the_letter_does_not_order(form: str) -> None:
    score = scored(HERE / "tuned", form)
    assert score.precision("slogans") == 1, "\n".join(score.wrong)


@pytest.mark.parametrize("form", FORMS)
def test_letters_that_were_never_seen_are_read_no_worse_than_they_were(form: str) -> None:
    score = scored(HERE / "held", form)
    # Which are wrong is not told: nobody is to tune on them.
    reached = {field: round(score.recall(field), 2) for field in UNSEEN}
    assert {field: share for field, share in reached.items() if share < UNSEEN[field]} == {}
