"""A server that must prove who it is, before the loudspeakers of a ward are its own."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from pathlib import Path

import pytest

from broadcaster.relays.stream import Stream, StreamError
from tests.relays import station as on_air
from tests.relays.station import TONE, answers

OPENSSL = shutil.which("openssl")


@pytest.mark.skipif(OPENSSL is None, reason="not installed: openssl")
def test_a_stream_is_heard_only_where_its_certificate_is_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
         "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key),
         "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    proof = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    proof.load_cert_chain(certificate, key)
    body = TONE[:160_000]
    with on_air.station(answers(body, content_length=str(len(body))), proof) as url:
        assert url.startswith("https://")
        with pytest.raises(StreamError, match="its certificate is not valid"):
            Stream(url, 5.0)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert len(list(Stream(url, 5.0).frames())) == pytest.approx(100, abs=1)
