"""Passwords proven as the RFCs' own examples have it."""

from __future__ import annotations

import pytest

from broadcaster.speakers.sip_digest import challenges

RFC_7616 = (
    'realm="http-auth@example.org", qop="auth, auth-int", algorithm={algorithm}, '
    'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", '
    'opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"'
)
CNONCE = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"


@pytest.mark.parametrize(
    ("algorithm", "response"),
    [
        ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
        ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
    ],
)
def test_the_examples_of_rfc_7616(algorithm: str, response: str) -> None:
    (asked,) = challenges([f"Digest {RFC_7616.format(algorithm=algorithm)}"])
    given = asked.answered("Mufasa", "Circle of Life", "GET", "/dir/index.html", CNONCE, 1)

    assert asked.usable
    assert given == (
        'Digest username="Mufasa", realm="http-auth@example.org", '
        'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", uri="/dir/index.html", '
        f'cnonce="{CNONCE}", response="{response}", '
        'opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS", '
        f"algorithm={algorithm}, qop=auth, nc=00000001"
    )


def test_without_qop_it_is_as_it_was_before() -> None:
    """RFC 2069's example, with the response of its erratum 749."""
    (asked,) = challenges(
        ['Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"']
    )
    given = asked.answered("Mufasa", "CircleOfLife", "GET", "/dir/index.html", "x", 1)

    assert 'response="1949323746fe6a43ef61f9606e7febea"' in given
    assert "qop" not in given
    assert "nc=" not in given


@pytest.mark.parametrize(
    ("header", "usable"),
    [
        ('Digest realm="a", nonce="b"', True),
        ('Digest realm="a", nonce="b", algorithm=md5, qop=auth', True),
        ('Digest realm="a", nonce="b", algorithm="SHA-512-256"', False),
        ('Digest realm="a", nonce="b", qop="auth-int"', False),
    ],
)
def test_what_can_be_answered(header: str, usable: bool) -> None:  # noqa: FBT001 - a table
    (asked,) = challenges([header])

    assert asked.usable is usable


def test_other_schemes_are_passed_over() -> None:
    assert challenges(['Basic realm="a"', "Bearer"]) == []


def test_stale_and_quotes_are_read() -> None:
    (asked,) = challenges([r'Digest realm="a \"b\", c", nonce="", stale=TRUE'])

    assert asked.stale
    assert asked.parameters["realm"] == 'a "b", c'
    assert r'realm="a \"b\", c"' in asked.answered("u", "p", "BYE", "sip:x", "c", 2)
