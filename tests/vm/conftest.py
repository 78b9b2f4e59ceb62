"""Machines for the tests of this folder, or the reason why there are none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.vm.image import Image, base, lacking, project
from tests.vm.machine import Machine, machine


@pytest.fixture(scope="session")
def image() -> Image:
    """Give the image, which is made where it isn't there yet."""
    if (why := lacking()) is not None:
        pytest.skip(why)
    return base()


@pytest.fixture(scope="session")
def checkout(image: Image, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the disk with this checkout installed."""
    del image  # which tells first what is lacking
    disk = tmp_path_factory.mktemp("project") / "project.raw"
    project(disk)
    return disk


@pytest.fixture
def off(
    image: Image, checkout: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Machine]:
    """Give a machine without power."""
    with machine(image, checkout, tmp_path_factory.mktemp("vm")) as made:
        yield made
