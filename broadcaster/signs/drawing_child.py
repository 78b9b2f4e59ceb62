"""The process that draws a board's pictures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from broadcaster.signs.drawing import asked
from broadcaster.worker import serve


def work(request: dict[str, Any]) -> Mapping[str, Any]:
    """Draw them; a full disk is an answer too."""
    drawing, moving = asked(request)
    try:
        drawing.write(moving)
    except OSError as error:
        return {"disk": [error.errno or 0, error.strerror or str(error)]}
    return {}


if __name__ == "__main__":
    serve(work)
