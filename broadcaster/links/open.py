"""From a link's URL to the link."""

from __future__ import annotations

from broadcaster.domain.link import LinkUrl
from broadcaster.links.serial_link import SerialLink
from broadcaster.ports import Link


def open_link(url: LinkUrl, device: str) -> Link:
    """Make the link of a device; its port is opened by the first write."""
    return SerialLink(url, device)
