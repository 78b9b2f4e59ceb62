"""The process that sends: loads Apprise, and says of each address whether it took its text."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from broadcaster import worker

TOGETHER = 8


def work(request: dict[str, Any]) -> Mapping[str, Any]:
    """Send all, some at a time: a server that is away must not hold up the others."""
    with ThreadPoolExecutor(TOGETHER) as pool:
        said = pool.map(
            lambda each: _send(each["url"], request["title"], each["text"]), request["to"]
        )
        return {"outcomes": list(said)}


def _send(url: str, title: str, text: str) -> str:
    import apprise

    to = apprise.Apprise()
    if not to.add(url):
        return "unknown"
    try:
        return "sent" if to.notify(body=text, title=title) else "refused"
    except Exception:  # noqa: BLE001 - a plugin's mistake; its text may hold what is secret
        return "refused"


if __name__ == "__main__":
    worker.serve(work)
