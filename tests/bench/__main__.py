"""`make bench`: every figure that is promised, measured in one run beside its bound."""

from __future__ import annotations

import platform

from tests.bench import (
    announcement,
    boards,
    card_starts,
    edits,
    planning,
    programs,
    reading,
    small,
    starts,
    urgent,
    years,
)

Row = tuple[str, float, str, float | None]


def rows() -> list[Row]:
    """Give name, figure, unit, and the bound it is to stay under."""
    plan = planning.main()
    found: list[Row] = []
    for zones in ("one zone", "20 zones"):
        count = plan[f"plan a year, {zones}: airings"]
        seconds = plan[f"plan a year, {zones}: s"]
        found += [
            (f"plan a year, {zones}: {count:,.0f} airings", seconds, "s", 5),
            (f"plan a year, {zones}: peak memory", plan[f"plan a year, {zones}: MB"], "MB", 500),
            (f"plan a year, {zones}: airings a second", count / seconds, "/s", None),
        ]
    for each in (
        programs,
        small,
        years,
        edits,
        announcement,
        reading,
        boards,
        starts,
        card_starts,
        urgent,
    ):
        found += each.rows()
    return found


def main() -> None:
    """Print the table."""
    print(f"Python {platform.python_version()}, {platform.machine()}, {platform.system()}")
    print(f"{'':58} {'measured':>12} {'bound':>8} {'of it':>7}")
    for name, figure, unit, bound in rows():
        told = f"{figure:,.3g} {unit}" if figure < 1000 else f"{figure:,.0f} {unit}"
        limit = f"{bound:g} {unit}" if bound else ""
        share = f"{figure / bound:.0%}" if bound else ""
        print(f"{name:58} {told:>12} {limit:>8} {share:>7}")


if __name__ == "__main__":
    main()
