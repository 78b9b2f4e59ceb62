import re

import pytest

from broadcaster.domain.link import LinkError, LinkUrl

BY_ID = "/dev/serial/by-id/usb-FTDI_FT232R_USB_UART_A10-if00-port0"


@pytest.mark.parametrize(
    ("text", "link"),
    [
        (f"serial://{BY_ID}?baud=19200&format=7E1", LinkUrl("serial", BY_ID, 19200, "7E1")),
        (f"serial:{BY_ID}", LinkUrl("serial", BY_ID, 9600, "8N1")),
        ("serial://COM3?format=8n2", LinkUrl("serial", "COM3", 9600, "8N2")),
        ("socket://host:5005", LinkUrl("socket", "host:5005", 10_000_000)),
        ("socket://[::1]:5005?baud=4800", LinkUrl("socket", "[::1]:5005", 4800)),
        ("rfc2217://10.0.0.7:2217", LinkUrl("rfc2217", "10.0.0.7:2217")),
    ],
)
def test_a_link_is_read(text: str, link: LinkUrl) -> None:
    assert LinkUrl.parse(text) == link


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("/dev/ttyUSB0", "must begin with serial://, socket:// or rfc2217://"),
        ("usb:///dev/ttyUSB0", "must begin with"),
        ("", "must begin with"),
        ("serial://", "names no port"),
        ("serial://?baud=9600", "names no port"),
        ("serial:///dev/ttyS0?baud=fast", '"fast" is not a baud rate'),
        ("serial:///dev/ttyS0?baud=0", '"0" is not a baud rate'),
        ("serial:///dev/ttyS0?baud=", '"" is not a baud rate'),
        ("serial:///dev/ttyS0?format=9N1", '"9N1" is not a format'),
        ("serial:///dev/ttyS0?format=8N11", '"8N11" is not a format'),
        ("serial:///dev/ttyS0?parity=E", '"parity" is no setting of a link'),
        ("socket://host", "must name a host and a port"),
        ("socket://:5005", "must name a host and a port"),
        ("socket://host:5005/x", "must name a host and a port"),
        ("socket://host:0", '"0" is not a TCP port'),
        ("rfc2217://host:70000", '"70000" is not a TCP port'),
        ("rfc2217://host:http", '"http" is not a TCP port'),
    ],
)
def test_what_is_no_link_is_told_plainly(text: str, wrong: str) -> None:
    with pytest.raises(LinkError, match=re.escape(wrong)) as found:
        LinkUrl.parse(text)
    # The text alone is filled in: what is said of it is translated where it is shown.
    assert found.value.message.id.startswith('"{')


def test_a_network_takes_next_to_none() -> None:
    assert LinkUrl.parse("socket://host:5005").seconds(1000) == 0.001
    assert LinkUrl.parse("socket://host:5005?baud=9600").seconds(960) == 1.0


@pytest.mark.parametrize(("format_", "seconds"), [("8N1", 1.0), ("7E1", 1.0), ("8E2", 1.2)])
def test_a_line_takes_its_time(format_: str, seconds: float) -> None:
    assert LinkUrl("serial", "COM3", 9600, format_).seconds(960) == seconds
